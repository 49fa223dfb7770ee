import { Image, Text, View } from '@tarojs/components';
import type { CardAction, CaseCard } from '@alley-chief/shared/contract';
import { dueWords, missedDueWords, spokenDue, timeLeft } from '../../format';
import { Actions } from '../Actions';
import { Avatar, IconTile } from '../Avatar';
import { Bricks } from '../Bricks';
import { cx } from '../classes';
import { DoorPlate } from '../DoorPlate';
import { useElder } from '../elder';
import { Icon, toIconName } from '../Icon';
import { Stars } from '../Stars';
import { Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

export interface RoutingCardProps {
  card: CaseCard;
  /** ms */
  now: number;
  onAction: (action: CardAction) => void;
  /** `action` of the one under way. */
  busy?: string | undefined;
  /** Opens the case's own page. */
  onOpen?: (() => void) | undefined;
  onPhoto?: ((url: string, all: string[]) => void) | undefined;
  onSpeak?: (() => void) | undefined;
}

/**
 * Who has the matter, why, and by when. One per case and thread: it updates in place, the highest `rev` wins.
 */
export function RoutingCard(props: RoutingCardProps) {
  return useElder() ? <ElderRouting {...props} /> : <PlainRouting {...props} />;
}

function PlainRouting({ card, now, onAction, busy, onOpen, onPhoto }: RoutingCardProps) {
  return (
    <View className="card routing">
      <View className="card-p routing-top">
        <Tap className="row-t" onTap={onOpen} label={`${card.title}，${card.status.text}`}>
          <IconTile icon={toIconName(card.icon)} />
          <View className="f1 ml12">
            <View className="row-t between">
              <Text className="ttl f1">{card.title}</Text>
              <Tag {...card.status} className="routing-tag" />
            </View>
            <View className="mt4 row wrap">
              <DoorPlate {...card.plate} />
              {card.reporters && <Text className="cap c3 ml8 num">{card.reporters} 户报了</Text>}
              {card.confidential && <Text className="cap c3 ml8">不露您的名字</Text>}
            </View>
          </View>
        </Tap>
        <Holder card={card} />
        <Result card={card} onPhoto={onPhoto} />
        {card.dueAt && !card.rating && (
          <View className="row mt12">
            <Icon name="clock" size={20} tone={card.overdue ? 'brick' : 'ink-3'} />
            <Text className={cx('txt b ml8 num', card.overdue && 'cb')}>
              {(card.overdue ? missedDueWords : dueWords)(card.dueAt, now, card.dueVerb)}
            </Text>
            <Text className={cx('sub nw mla num', card.overdue ? 'cb b' : 'c3')}>
              {timeLeft(card.dueAt, now)}
            </Text>
          </View>
        )}
        <View className="mt12">
          <Bricks bricks={card.bricks} dueVerb={card.dueVerb} />
        </View>
      </View>
      {card.actions.length > 0 && (
        <>
          <View className="rule rule-in" />
          <View className="routing-acts">
            <Actions actions={card.actions} now={now} onAction={onAction} busy={busy} />
          </View>
        </>
      )}
    </View>
  );
}

/** The person and the one reason a villager would accept; a plain sentence while nobody has it yet. */
function Holder({ card }: { card: CaseCard }) {
  if (!card.holder && !card.reason) return null;
  return (
    <View className="why mt12">
      {card.holder && <Avatar person={card.holder} />}
      <View className={cx('f1', card.holder && 'ml12')}>
        {card.holder && (
          <View className="sub row wrap">
            <Text className="b">{card.holder.name}</Text>
            {card.holder.title && <View className="sep" />}
            <Text className="c2">{card.holder.title}</Text>
          </View>
        )}
        <View className={cx('sub c2', card.holder && 'mt2')}>
          <Text>{card.reason}</Text>
        </View>
      </View>
    </View>
  );
}

/** Before and after, what was done, and the stars once given. */
function Result({ card, onPhoto }: Pick<RoutingCardProps, 'card' | 'onPhoto'>) {
  const before = card.photos[0];
  const after = card.resultPhotos[0];
  const all = [...card.photos, ...card.resultPhotos];
  return (
    <>
      {card.resultText && (
        <View className="sub mt12">
          <Text>{card.resultText}</Text>
        </View>
      )}
      {after && (
        <View className="row mt12">
          {before && (
            <Photo src={before} word="之前" tone="done" onTap={() => onPhoto?.(before, all)} />
          )}
          <Photo src={after} word="现在" tone="do" onTap={() => onPhoto?.(after, all)} />
        </View>
      )}
      {card.rating && (
        <View className="mt12">
          <Stars value={card.rating.stars} small />
        </View>
      )}
    </>
  );
}

interface PhotoProps {
  src: string;
  word: string;
  tone: 'do' | 'done';
  onTap: () => void;
}

function Photo({ src, word, tone, onTap }: PhotoProps) {
  return (
    <Tap className="routing-photo f1" onTap={onTap} label={`${word}的照片`}>
      <Image className="routing-img" src={src} mode="aspectFill" lazyLoad />
      <Tag text={word} tone={tone} className="routing-word" />
    </Tap>
  );
}

/** 来修 when 修好 is promised, 来办 otherwise. */
const comes = (verb = ''): string => `来${/^.好$/.test(verb) ? verb[0] : '办'}`;

function ElderRouting({ card, now, onAction, busy, onSpeak }: RoutingCardProps) {
  return (
    <View className="card card-p">
      <View className="row-t between wrap">
        <Text className="h1">{card.title}</Text>
        <DoorPlate {...card.plate} />
      </View>
      <View className="txt mt12">
        {card.holder && <Text className="b">{card.holder.callName}</Text>}
        {card.holder && <Text>{comes(card.dueVerb)}。</Text>}
        <Text>{card.reason}</Text>
        {card.reporters && <Text>一共 {card.reporters} 户报了，一起办。</Text>}
      </View>
      {card.dueAt && (
        <View className={cx('ttl mt8', card.overdue ? 'cb' : 'cd')}>
          <Text>
            {card.overdue
              ? `晚了，本该${spokenDue(card.dueAt, now, card.dueVerb)}`
              : spokenDue(card.dueAt, now, card.dueVerb)}
          </Text>
        </View>
      )}
      <View className="rule mt16" />
      <View className="mt16">
        <Bricks bricks={card.bricks} dueVerb={card.dueVerb} />
      </View>
      <View className="mt20">
        <Actions
          actions={card.actions}
          now={now}
          onAction={onAction}
          busy={busy}
          onSpeak={onSpeak}
        />
      </View>
    </View>
  );
}
