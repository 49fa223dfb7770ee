import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { BookingCard as Booking, CardAction } from '@alley-chief/shared/contract';
import { spokenStamp, ticketTime } from '../../format';
import { Actions } from '../Actions';
import { Button } from '../Button';
import { CheckBox } from '../Check';
import { cx } from '../classes';
import { DoorPlate } from '../DoorPlate';
import { useElder } from '../elder';
import { Tag } from '../Tag';
import { Tap } from '../Tap';
import './index.scss';

export interface BookingCardProps {
  card: Booking;
  now: number;
  onAction: (action: CardAction) => void;
  busy?: string | undefined;
  onSpeak?: (() => void) | undefined;
}

/** A booked slot in the thread: the ticket, what to bring, and its buttons. */
export function BookingCard({ card, now, onAction, busy, onSpeak }: BookingCardProps) {
  const elder = useElder();
  return (
    <View>
      <QueueTicket card={card} now={now} />
      {(card.bring.length > 0 || card.actions.length > 0 || (elder && onSpeak)) && (
        <View className="card card-p mt12">
          {card.bring.length > 0 && <BringList items={card.bring} />}
          {card.actions.length > 0 ? (
            <View className={cx(card.bring.length > 0 && 'mt16')}>
              <Actions
                actions={card.actions}
                now={now}
                onAction={onAction}
                busy={busy}
                onSpeak={onSpeak}
              />
            </View>
          ) : (
            elder &&
            onSpeak && (
              <Button kind="tint" block icon="speak" className="mt16" onTap={onSpeak}>
                念一遍
              </Button>
            )
          )}
        </View>
      )}
    </View>
  );
}

/** The paper ticket: number, time, plate, perforation, two facts. */
export function QueueTicket({ card, now }: { card: Booking; now: number }) {
  const elder = useElder();
  const waiting = card.state === 'booked' || card.state === 'near';
  return (
    <View className={cx('ticket', !waiting && card.state !== 'called' && 'ticket-over')}>
      <View className="ticket-top tc">
        {card.state === 'booked' ? (
          <View className="sub c2">
            <Text>您的号</Text>
          </View>
        ) : (
          <Tag {...card.status} />
        )}
        <View className="ticket-no num">
          <Text>{card.ticket}</Text>
        </View>
        <View className="ttl num">
          <Text>{elder ? spokenStamp(card.startsAt, now) : ticketTime(card.startsAt)}</Text>
        </View>
        <View className="mt12">
          <DoorPlate {...card.plate} size="lg" />
        </View>
      </View>
      <View className="ticket-cut">
        <View className="ticket-hole ticket-hole-l" />
        <View className="ticket-dash" />
        <View className="ticket-hole ticket-hole-r" />
      </View>
      <View className="ticket-facts row num">
        <View className="f1 tc">
          <View className="cap c3">排在您前面</View>
          <View className="ttl">{waiting ? `${card.ahead} 户` : '没有了'}</View>
        </View>
        <View className="ticket-bar" />
        <View className="f1 tc">
          <View className="cap c3">大约办多久</View>
          <View className="ttl">{card.minutes} 分钟</View>
        </View>
      </View>
    </View>
  );
}

/** 出门前看一眼，带这 2 样. Ticks are for the moment at the door; nobody else sees them. */
export function BringList({ items }: { items: readonly string[] }) {
  const [packed, setPacked] = useState<readonly string[]>([]);
  const toggle = (item: string) =>
    setPacked((now) => (now.includes(item) ? now.filter((i) => i !== item) : [...now, item]));
  return (
    <View>
      <View className="b">
        <Text>出门前看一眼，带这 {items.length} 样</Text>
      </View>
      {items.map((item) => {
        const done = packed.includes(item);
        return (
          <Tap
            key={item}
            className="row bring"
            role="checkbox"
            checked={done}
            label={item}
            onTap={() => toggle(item)}
          >
            <CheckBox state={done ? 'done' : 'todo'} />
            <Text className="f1 ml12">{item}</Text>
          </Tap>
        );
      })}
    </View>
  );
}
