import { Text, View } from '@tarojs/components';
import type {
  CardAction,
  EmergencyCard as Emergency,
  PersonTile,
} from '@alley-chief/shared/contract';
import { Actions } from '../Actions';
import { Button } from '../Button';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon, toIconName } from '../Icon';
import './index.scss';

export interface EmergencyCardProps {
  card: Emergency;
  now: number;
  onDial: (number: string) => void;
  onCallPerson: (person: PersonTile) => void;
  onAction: (action: CardAction) => void;
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** Where rescue stands, in words, once somebody is on the way. */
const standing: Partial<Record<Emergency['state'], string>> = {
  onTheWay: '人在路上了',
  arrived: '人到了',
  closed: '平安了',
  falseAlarm: '弄错了，没事',
};

/**
 * Urgent danger. What to do stands before the button: a call made inside a gas-filled room is dangerous.
 * The one card with a filled brick button.
 */
export function EmergencyCard({
  card,
  now,
  onDial,
  onCallPerson,
  onAction,
  busy,
  onSpeak,
}: EmergencyCardProps) {
  const elder = useElder();
  const over = card.state === 'closed' || card.state === 'falseAlarm';
  return (
    <View className={cx('sos', over && 'sos-over')}>
      <View className="sos-head row">
        <Icon name={toIconName(card.icon)} size={32} tone={over ? 'ink-2' : 'on-dark'} />
        <View className="f1 ml12">
          <View className="ttl">
            <Text>{card.headline}</Text>
          </View>
          <View className="sub">
            <Text>{[card.place, standing[card.state]].filter(Boolean).join('，')}</Text>
          </View>
        </View>
      </View>
      {!over && (
        <View className="card-p">
          {card.steps.map((step, i) => (
            <View key={step} className={cx('row-t', i > 0 && 'mt8')}>
              <Text className="sos-n ttl cb num">{i + 1}</Text>
              <Text className="txt f1">{step}</Text>
            </View>
          ))}
          {card.dials.map((dial, i) => (
            <Button
              key={dial.number}
              kind={i === 0 ? 'danger' : 'dangerOutline'}
              block
              icon="phone"
              iconSize={i === 0 ? 28 : 24}
              className={cx(i === 0 ? 'sos-call mt16' : 'mt12')}
              onTap={() => onDial(dial.number)}
            >
              {dial.label}
            </Button>
          ))}
          {elder && onSpeak && (
            <Button kind="tint" block icon="speak" className="mt12" onTap={onSpeak}>
              念给我听
            </Button>
          )}
        </View>
      )}
      {!over && card.told.length > 0 && <View className="rule rule-in" />}
      <View className="sos-told">
        {card.told.map((told, i) => (
          <Told key={told.text} told={told} first={i === 0} onCall={onCallPerson} />
        ))}
        {card.actions.length > 0 && (
          <View className="mt12">
            <Actions actions={card.actions} now={now} onAction={onAction} busy={busy} />
          </View>
        )}
      </View>
    </View>
  );
}

interface ToldProps {
  told: Emergency['told'][number];
  first: boolean;
  onCall: (person: PersonTile) => void;
}

/** Who knows, and a button to reach them. */
function Told({ told, first, onCall }: ToldProps) {
  const elder = useElder();
  const { person } = told;
  const word = person?.title ? `打给${person.callName}` : '打电话';
  return (
    <View className={cx('row-t', elder && 'wrap', !first && 'mt8')}>
      <View className="sos-tick">
        <Icon name="check" size={20} tone="door" />
      </View>
      <View className="f1 ml8">
        <View className={cx('sub', told.sub && 'b')}>
          <Text>{told.text}</Text>
        </View>
        {told.sub && (
          <View className="sub c2 num">
            <Text>{told.sub}</Text>
          </View>
        )}
      </View>
      {person?.phone && (
        <Button
          kind="outline"
          small
          block={elder}
          className={elder ? 'mt8' : 'ml8'}
          label={word}
          onTap={() => onCall(person)}
        >
          打电话
        </Button>
      )}
    </View>
  );
}
