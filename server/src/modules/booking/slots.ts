import { local, weekdayNames } from '../../kernel/localTime';
import type { CounterDoc } from './model';

/** A half hour at a counter that households can come in. */
export interface OpenSlot {
  /** `c3-20260716-0930` */
  id: string;
  /** Key of the day's document: `c3-20260716`. */
  dayId: string;
  /** Key in the day's document: `t0930`. */
  key: string;
  startsAt: Date;
}

export interface CounterDay {
  id: string;
  /** 2026-07-16 */
  date: string;
  /** 今天, 周四 */
  weekday: string;
  open: boolean;
  slots: OpenSlot[];
}

/** `08:30` -> 510 */
const minuteOf = (time: string): number => {
  const [h = 0, m = 0] = time.split(':').map(Number);
  return h * 60 + m;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** The last start leaves a whole slot before the counter closes. */
const startsOf = (counter: CounterDoc): number[] =>
  counter.hours.flatMap(({ from, until }) => {
    const starts: number[] = [];
    const end = minuteOf(until);
    for (let m = minuteOf(from); m + counter.slotMinutes <= end; m += counter.slotMinutes) {
      starts.push(m);
    }
    return starts;
  });

/**
 * The days a counter can be booked on: today and on, until `daysAhead` open days are in the list.
 * Closed days in between are listed too, so that people see why there is nothing.
 */
export const daysOf = (counter: CounterDoc, now: Date): CounterDay[] => {
  const today = local(now).startOf('day');
  const starts = startsOf(counter);
  const days: CounterDay[] = [];
  let open = 0;
  // A counter that never opens must not keep us here: four weeks are the end of the list.
  for (let i = 0; i < 28 && open < counter.daysAhead; i++) {
    const day = today.add(i, 'day');
    const date = day.format('YYYY-MM-DD');
    const works = counter.weekdays.includes(day.day()) && !counter.closedOn.includes(date);
    const id = `${counter._id}-${day.format('YYYYMMDD')}`;
    if (works) open += 1;
    days.push({
      id,
      date,
      weekday: i === 0 ? '今天' : `周${weekdayNames[day.day()]}`,
      open: works,
      slots: works
        ? starts.map((minute) => {
            const time = `${two(Math.floor(minute / 60))}${two(minute % 60)}`;
            const startsAt = day.add(minute, 'minute').toDate();
            return { id: `${id}-${time}`, dayId: id, key: `t${time}`, startsAt };
          })
        : [],
    });
  }
  return days;
};

/** A slot that can be booked now: on an open day, inside the horizon, not begun. */
export const bookableSlot = (
  counter: CounterDoc,
  slotId: string,
  now: Date,
): OpenSlot | undefined =>
  daysOf(counter, now)
    .flatMap((d) => d.slots)
    .find((s) => s.id === slotId && s.startsAt > now);
