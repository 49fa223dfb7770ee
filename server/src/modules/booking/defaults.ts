import type { CounterDoc } from './model';

/**
 * A township hall's usual opening hours, for a city that has imported none yet. Holidays are not in
 * here: until the calendar comes, `closedOn` takes single days.
 */
export const usualCounter = (id: string, name: string, areaPath: string): CounterDoc => ({
  _id: id,
  name,
  areaPath,
  weekdays: [1, 2, 3, 4, 5],
  hours: [
    { from: '08:30', until: '11:30' },
    { from: '14:30', until: '17:00' },
  ],
  slotMinutes: 30,
  capacity: 4,
  daysAhead: 8,
  closedOn: [],
  letter: 'B',
  minutes: 20,
});

/** The demo town's one counter. */
export const demoCounters: readonly CounterDoc[] = [
  usualCounter('c3', '丁集便民中心 3 号窗', '/xc/dj/'),
];
