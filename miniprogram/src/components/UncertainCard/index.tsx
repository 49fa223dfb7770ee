import { Text, View } from '@tarojs/components';
import type { CardAction, CaseCard } from '@alley-chief/shared/contract';
import { Actions } from '../Actions';
import { Avatar } from '../Avatar';
import { cx } from '../classes';
import { Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

export interface UncertainCardProps {
  /** A case whose `uncertain` is set: only chiefs and dispatchers are sent one. */
  card: CaseCard;
  now: number;
  onAction: (action: CardAction) => void;
  /** Picks one of the candidates by its category. */
  onCandidate?: ((category: string) => void) | undefined;
  busy?: string | undefined;
}

const bot = { surname: '', tone: 'bot' } as const;

/** 小同 did not hear clearly enough to decide: the candidates, and passing up, for whoever may decide. */
export function UncertainCard({ card, now, onAction, onCandidate, busy }: UncertainCardProps) {
  const doubt = card.uncertain;
  return (
    <View className="card card-p">
      <View className="row">
        <Avatar person={bot} size={32} />
        <Text className="sub c2 ml8 f1">小同听出来一件新事</Text>
        <Tag text="没把握" tone="wait" />
      </View>
      <View className="ttl mt8">
        <Text>{card.title}</Text>
      </View>
      <View className="sub c2 mt2 pre">
        <Text>{doubt?.sentence ?? card.reason}</Text>
      </View>
      {onCandidate &&
        doubt?.candidates.slice(0, 3).map((candidate, i) => (
          <Tap
            key={candidate.category}
            className={cx('guess row', i === 0 ? 'mt12' : 'mt8')}
            onTap={() => onCandidate(candidate.category)}
            label={`${candidate.label}，${candidate.percent}%`}
          >
            <Text className="sub b f1">{candidate.label}</Text>
            <Text className="sub c3 num">{candidate.percent}%</Text>
          </Tap>
        ))}
      <View className="mt12">
        <Actions actions={card.actions} now={now} onAction={onAction} busy={busy} />
      </View>
    </View>
  );
}
