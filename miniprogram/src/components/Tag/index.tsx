import { Text, View } from '@tarojs/components';
import type { StatusTag } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import './index.scss';

/** A status word. The colour only repeats what the word says. */
export function Tag({ text, tone, className }: StatusTag & { className?: string | undefined }) {
  return (
    <View className={cx('tag', `tag-${tone}`, className)}>
      <Text>{text}</Text>
    </View>
  );
}

/** How many wait: a count on a door-coloured pill (`quiet` on grey). Never for news. */
export function Badge({ count, quiet }: { count: number; quiet?: boolean | undefined }) {
  if (count <= 0) return null;
  return (
    <View className={cx('badge', quiet && 'badge-quiet')}>
      <Text>{count > 99 ? '99+' : String(count)}</Text>
    </View>
  );
}
