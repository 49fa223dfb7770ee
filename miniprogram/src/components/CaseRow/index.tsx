import { Text, View } from '@tarojs/components';
import type { CaseCard } from '@alley-chief/shared/contract';
import { dueWords, missedDueWords, spokenDue } from '../../format';
import { Bricks } from '../Bricks';
import { Button } from '../Button';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

export interface CaseRowProps {
  card: CaseCard;
  now: number;
  onOpen: () => void;
  /** A sentence at the foot: 小同已替您催过一次. */
  note?: string | undefined;
  /** The one thing to do about it from the list. */
  action?: { label: string; filled?: boolean; onTap: () => void } | undefined;
}

/** A matter in a list (我的事, 待办): title, who and by when, the five bricks, at most one button. */
export function CaseRow({ card, now, onOpen, note, action }: CaseRowProps) {
  const elder = useElder();
  const who = card.holder
    ? [card.holder.title, card.holder.name].filter(Boolean).join(' ')
    : card.plate.text;
  const due = card.dueAt && !card.rating ? card.dueAt : undefined;
  const dueSentence = card.overdue ? missedDueWords : elder ? spokenDue : dueWords;
  const words = due && dueSentence(due, now, card.overdue || elder ? card.dueVerb : '');
  return (
    <View className="card case-row">
      <Tap onTap={onOpen} label={`${card.title}，${card.status.text}`}>
        <View className={cx('row', elder && 'wrap')}>
          <Text className={cx('ttl f1', !elder && 'ell')}>{card.title}</Text>
          <Tag {...card.status} className="ml8" />
        </View>
        <View className="row wrap sub c2 mt4">
          <Text className="nw ell">{who}</Text>
          {words && <View className="sep" />}
          {words && <Text className="nw num">{words}</Text>}
        </View>
        <View className="mt12">
          <Bricks bricks={card.bricks} dueVerb={card.dueVerb} />
        </View>
      </Tap>
      {(note || action) && (
        <View className={cx('row mt12', elder && 'wrap')}>
          <Text className="sub c2 f1">{note ?? ''}</Text>
          {action && (
            <Button
              kind={action.filled ? 'filled' : 'outline'}
              small
              block={elder}
              onTap={action.onTap}
            >
              {action.label}
            </Button>
          )}
        </View>
      )}
    </View>
  );
}
