import { Text, View } from '@tarojs/components';
import type { CardAction, HelpCard as Help, PersonTile } from '@alley-chief/shared/contract';
import { distanceWords, walkWords } from '../../format';
import { Actions } from '../Actions';
import { Avatar, IconTile } from '../Avatar';
import { Button } from '../Button';
import { CheckBox } from '../Check';
import { cx } from '../classes';
import { DoorPlate } from '../DoorPlate';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

const iconsOfKind: Record<string, IconName> = {
  phone: 'idcard',
  doctor: 'pill',
  errand: 'walk',
  lift: 'chair',
  repair: 'gear',
  company: 'hand',
};

export interface HelpCardProps {
  card: Help;
  now: number;
  onAction: (action: CardAction) => void;
  onOpen?: (() => void) | undefined;
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** A request for a helping hand, in a list or in the thread: what, where, when, and what it is worth. */
export function HelpCard({ card, now, onAction, onOpen, busy, onSpeak }: HelpCardProps) {
  const elder = useElder();
  const main = card.actions.find((a) => a.style === 'filled');
  const alone = !elder && card.actions.length === 1 && main;
  return (
    <View className="card card-p">
      <Tap className="row-t" onTap={onOpen} label={card.title}>
        {!elder && <IconTile icon={iconsOfKind[card.kind] ?? 'hand'} />}
        <View className={cx('f1', !elder && 'ml12')}>
          <View className="row-t between">
            <Text className={cx('f1', elder ? 'h1' : 'ttl')}>{card.title}</Text>
            {card.state !== 'open' && <Tag {...card.status} className="ml8" />}
          </View>
          <View className="sub c2 mt2">
            <Text>{card.note}</Text>
          </View>
        </View>
      </Tap>
      <View className="row wrap mt12">
        <DoorPlate text={card.plate.text} tone={card.plate.tone} />
        <View className="sub c2 ml8 row num">
          {card.distanceMetres !== undefined && <Text>{distanceWords(card.distanceMetres)}</Text>}
          {card.distanceMetres !== undefined && <View className="sep" />}
          <Text>{card.when}</Text>
        </View>
      </View>
      {card.volunteer && (
        <View className="why mt12">
          {!elder && <Avatar person={card.volunteer} />}
          <View className={cx('f1 sub', !elder && 'ml12')}>
            <Text className="b">{card.volunteer.callName}</Text>
            <Text className="c2">{card.state === 'accepted' ? '去帮忙' : '帮过忙'}</Text>
          </View>
        </View>
      )}
      {alone ? (
        <View className="row mt12">
          <Text className="sub c2 f1 num">记 {card.creditHours} 小时</Text>
          <Button className="help-go" busy={busy === alone.action} onTap={() => onAction(alone)}>
            {alone.label}
          </Button>
        </View>
      ) : (
        (card.actions.length > 0 || (elder && onSpeak)) && (
          <View className="mt12">
            <Actions
              actions={card.actions}
              now={now}
              onAction={onAction}
              busy={busy}
              onSpeak={onSpeak}
            />
          </View>
        )
      )}
    </View>
  );
}

/** Whom one goes to: the elder, the place, the way there. */
export function HelpPerson({
  card,
  line,
  onCall,
  onRoute,
}: {
  card: Help;
  /** 耳背，说话慢一点、近一点 */
  line?: string | undefined;
  onCall?: ((person: PersonTile) => void) | undefined;
  onRoute?: (() => void) | undefined;
}) {
  return (
    <View className="card card-p">
      <View className="row">
        <Avatar person={card.elder} size={44} />
        <View className="f1 ml12">
          <View className="ttl">
            <Text>
              {card.elder.callName}
              {card.elderAge ? `，${card.elderAge} 岁` : ''}
            </Text>
          </View>
          {line && (
            <View className="sub c2">
              <Text>{line}</Text>
            </View>
          )}
        </View>
        {onCall && card.elder.phone && (
          <Tap
            className="help-call"
            label={`打给${card.elder.callName}`}
            onTap={() => onCall(card.elder)}
          >
            <Icon name="phone" tone="door" />
          </Tap>
        )}
      </View>
      <View className="row mt12">
        <DoorPlate {...card.plate} />
        <Text className="sub c2 ml8 f1 num">
          {card.distanceMetres === undefined ? card.when : walkWords(card.distanceMetres)}
        </Text>
        {onRoute && (
          <Button kind="outline" small onTap={onRoute}>
            看路线
          </Button>
        )}
      </View>
    </View>
  );
}

/** 一步一步来: done steps quiet, the next one bold with its warning. */
export function HelpSteps({
  steps,
  onStep,
}: {
  steps: Help['steps'];
  /** Marks the next step done. */
  onStep?: ((index: number) => void) | undefined;
}) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.findIndex((step) => !step.done);
  return (
    <View className="card card-p">
      <View className="row">
        <Text className="b f1">一步一步来</Text>
        <Text className="sub c3 num">
          {done} / {steps.length}
        </Text>
      </View>
      {steps.map((step, i) => (
        <Tap
          key={step.text}
          className="row-t mt12"
          role="checkbox"
          checked={step.done}
          onTap={onStep && i === next ? () => onStep(i) : undefined}
        >
          <CheckBox round state={step.done ? 'done' : i === next ? 'current' : 'todo'} />
          <View className="f1 ml12">
            <View className={cx(step.done && 'c2', i === next && 'b')}>
              <Text>{step.text}</Text>
            </View>
            {step.warn && i === next && (
              <View className="sub c2">
                <Text>{step.warn}</Text>
              </View>
            )}
          </View>
        </Tap>
      ))}
    </View>
  );
}
