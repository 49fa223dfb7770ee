import { Text, View } from '@tarojs/components';
import { Icon } from '../../../components/Icon';
import type { IconName } from '../../../components/Icon';
import { cx } from '../../../components/classes';
import { aria, Tap } from '../../../components/Tap';

export interface RailItem {
  key: string;
  label: string;
  icon: IconName;
}

/** The desk's main menu at the left edge. Only what can be opened stands in it. */
export function Rail({
  items,
  last,
  current,
  onGo,
}: {
  items: readonly RailItem[];
  /** Stands at the foot of the rail. */
  last?: RailItem | undefined;
  current: string;
  onGo: (key: string) => void;
}) {
  const button = (item: RailItem) => (
    <Tap
      key={item.key}
      className={cx('rail-item', item.key === current && 'rail-on')}
      role="tab"
      checked={item.key === current}
      label={item.label}
      onTap={() => onGo(item.key)}
    >
      <Icon name={item.icon} tone={item.key === current ? 'door' : 'ink-2'} />
      <Text className="rail-word">{item.label}</Text>
    </Tap>
  );
  return (
    <View className="rail" {...aria('tablist', '主菜单')}>
      <View className="rail-mark">
        <Icon name="logo" size={28} tone="on-dark" />
      </View>
      {items.map(button)}
      <View className="f1" />
      {last && button(last)}
    </View>
  );
}
