import { Text, View } from '@tarojs/components';
import type { AnswerCard as Answer, CardAction } from '@alley-chief/shared/contract';
import { Actions } from '../Actions';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import './index.scss';

export interface AnswerCardProps {
  card: Answer;
  now: number;
  onAction: (action: CardAction) => void;
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** A knowledge answer: the passage as it stands in its source, and the source by name. */
export function AnswerCard({ card, now, onAction, busy, onSpeak }: AnswerCardProps) {
  const elder = useElder();
  return (
    <View className="card card-p">
      <View className={elder ? 'h1' : 'ttl'}>
        <Text>{card.title}</Text>
      </View>
      <View className="answer-quote mt8">
        <Text className="txt pre" userSelect>
          {card.passage}
        </Text>
      </View>
      <View className="row-t mt12 sub c2">
        {!elder && <Icon name="doc" size={20} tone="ink-3" />}
        <Text className={elder ? 'f1' : 'f1 ml8'}>
          {card.sourceDate ? `${card.source}，${card.sourceDate}` : card.source}
        </Text>
      </View>
      {card.note && (
        <View className="sub c2 mt8">
          <Text>{card.note}</Text>
        </View>
      )}
      {(card.actions.length > 0 || (elder && onSpeak)) && (
        <View className="mt16">
          <Actions
            actions={card.actions}
            now={now}
            onAction={onAction}
            busy={busy}
            onSpeak={onSpeak}
          />
        </View>
      )}
    </View>
  );
}
