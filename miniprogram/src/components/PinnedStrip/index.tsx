import { Text, View } from '@tarojs/components';
import type { CaseCard } from '@alley-chief/shared/contract';
import { dueWords, timeLeft } from '../../format';
import { Bricks } from '../Bricks';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

export interface PinnedStripProps {
  /** Matters routed and not yet rated; late ones first (see `pinnedOrder`). Empty: nothing is drawn. */
  matters: readonly CaseCard[];
  now: number;
  expanded: boolean;
  onToggle: () => void;
  onOpen: (card: CaseCard) => void;
}

/** Late ones surface first, then by the clock. */
export const pinnedOrder = (matters: readonly CaseCard[]): CaseCard[] =>
  [...matters].sort(
    (a, b) =>
      Number(b.overdue) - Number(a.overdue) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'),
  );

/** What is in hand, under the navigation bar: one matter by name, several as a count that unfolds. */
export function PinnedStrip({ matters, now, expanded, onToggle, onOpen }: PinnedStripProps) {
  const elder = useElder();
  const first = matters[0];
  if (!first) return null;
  const late = matters.filter((m) => m.overdue).length;
  const many = matters.length > 1;
  const words = many
    ? late > 0
      ? `${late} 件超时`
      : first.title
    : first.overdue && first.dueAt
      ? timeLeft(first.dueAt, now)
      : elder || !first.dueAt || first.viewer === 'reporter'
        ? first.status.text
        : dueWords(first.dueAt, now);
  const hot = late > 0;
  return (
    <View className="pin">
      <Tap
        className="pin-row row"
        onTap={many ? onToggle : () => onOpen(first)}
        label={`${many ? `在办 ${matters.length} 件` : first.title}，${words}`}
      >
        <Text className="sub b nw ell pin-title">
          {many ? `在办 ${matters.length} 件` : first.title}
        </Text>
        <Text className={cx('sub ml8 nw num', hot ? 'cb b' : 'c3', many && 'ell')}>{words}</Text>
        <View className="f1 pin-bricks">
          {!elder && (!many || hot) && <Bricks bricks={first.bricks} mini />}
        </View>
        <View className="pin-more">
          <Icon name={many ? (expanded ? 'up' : 'down') : 'next'} size={20} tone="ink-3" />
        </View>
      </Tap>
      {many &&
        expanded &&
        matters.map((matter) => (
          <Tap
            key={matter.id}
            className="pin-item row"
            onTap={() => onOpen(matter)}
            label={`${matter.title}，${matter.status.text}`}
          >
            <Text className="sub f1 ell">{matter.title}</Text>
            <Text className={cx('cap ml8 nw num', matter.overdue ? 'cb b' : 'c3')}>
              {matter.overdue && matter.dueAt ? timeLeft(matter.dueAt, now) : matter.status.text}
            </Text>
            {!elder && (
              <View className="pin-item-bricks ml12">
                <Bricks bricks={matter.bricks} mini />
              </View>
            )}
          </Tap>
        ))}
    </View>
  );
}
