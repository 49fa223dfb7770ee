import { ScrollView, Text, View } from '@tarojs/components';
import { clockTime, spokenTime } from '../../format';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Tap } from '../Tap';
import './index.scss';

/** A day one can go, as the server lists them. */
export interface SlotDay {
  /** YYYY-MM-DD */
  date: string;
  /** 今天, 周四 */
  weekday: string;
  /** Places left over all slots. */
  left: number;
  /** False on rest days. */
  open: boolean;
}

export interface DayStripProps {
  days: readonly SlotDay[];
  chosen: string | undefined;
  onChoose: (date: string) => void;
}

/** Which day: weekday, number, how many places. */
export function DayStrip({ days, chosen, onChoose }: DayStripProps) {
  return (
    <ScrollView scrollX enhanced showScrollbar={false} className="days">
      <View className="days-in num">
        {days.map((day) => {
          const closed = !day.open || day.left === 0;
          const words = !day.open ? '不上班' : day.left === 0 ? '约满' : `余 ${day.left}`;
          const on = day.date === chosen;
          return (
            <Tap
              key={day.date}
              className={cx('day', on && 'day-on', closed && !on && 'day-no')}
              disabled={closed}
              checked={on}
              label={`${day.weekday} ${Number(day.date.slice(8))} 日，${words}`}
              onTap={() => onChoose(day.date)}
            >
              <View className={cx('cap', !on && !closed && 'c2')}>{day.weekday}</View>
              <View className="ttl">{Number(day.date.slice(8))}</View>
              <View className={cx('cap', !on && !closed && 'c2')}>{words}</View>
            </Tap>
          );
        })}
      </View>
    </ScrollView>
  );
}

export interface Slot {
  id: string;
  /** ISO */
  startsAt: string;
  left: number;
}

export interface SlotGridProps {
  slots: readonly Slot[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  /** 每个时段接 4 户 */
  note?: string | undefined;
}

/** The times of one day, morning and afternoon. */
export function SlotGrid({ slots, chosen, onChoose, note }: SlotGridProps) {
  const isMorning = (slot: Slot) => clockTime(slot.startsAt) < '12:00';
  const halves = [
    { name: '上午', slots: slots.filter(isMorning) },
    { name: '下午', slots: slots.filter((slot) => !isMorning(slot)) },
  ].filter((half) => half.slots.length > 0);
  return (
    <View>
      {halves.map((half, i) => (
        <View key={half.name} className={i > 0 ? 'mt12' : ''}>
          <View className="row">
            <Text className="sec f1">{half.name}</Text>
            {i === 0 && note && <Text className="cap c3">{note}</Text>}
          </View>
          <View className="slots mt8 num">
            {half.slots.map((slot) => (
              <SlotCell
                key={slot.id}
                slot={slot}
                on={slot.id === chosen}
                onChoose={() => onChoose(slot.id)}
              />
            ))}
          </View>
        </View>
      ))}
    </View>
  );
}

interface SlotCellProps {
  slot: Slot;
  on: boolean;
  onChoose: () => void;
}

function SlotCell({ slot, on, onChoose }: SlotCellProps) {
  const elder = useElder();
  const full = slot.left === 0;
  const few = slot.left === 1;
  const words = full ? '约满' : few ? '只剩 1 个' : `余 ${slot.left}`;
  const time = elder ? spokenTime(slot.startsAt) : clockTime(slot.startsAt);
  return (
    <View className="slot-cell">
      <Tap
        className={cx('slot', on && 'slot-on', full && !on && 'slot-no')}
        disabled={full}
        checked={on}
        label={`${spokenTime(slot.startsAt)}，${words}`}
        onTap={onChoose}
      >
        <Text className={cx('txt', on && 'b')}>{time}</Text>
        <Text className={cx('cap', !on && few && 'cw b', !on && !few && !full && 'c2')}>
          {words}
        </Text>
      </Tap>
    </View>
  );
}
