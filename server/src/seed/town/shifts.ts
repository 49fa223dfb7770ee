import type { Leave, Shift } from '../../routing/types';
import type { Appointments } from './staff';
import type { Person } from './types';

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const weekdays = [1, 2, 3, 4, 5];
/** Two people share the week: these days one, the others the other. */
const turns = [
  [1, 3, 5, 0],
  [2, 4, 6],
];

const hours = (h: number) => h * 60;

const shift = (
  person: Person,
  days: number[],
  from: number,
  until: number,
  label: string,
): Shift => ({
  personId: person.id,
  weekdays: days,
  fromMinute: hours(from),
  untilMinute: hours(until),
  label,
});

/** Day and night without a gap. The night shift crosses midnight: it ends on the day after. */
const roundTheClock = (person: Person, days: number[], day: string, night: string): Shift[] => [
  shift(person, days, 8, 18, day),
  shift(person, days, 18, 8, night),
];

/** Somebody of every post is on duty at every hour of the week. */
export const buildShifts = (a: Appointments): Shift[] => {
  const shifts: Shift[] = [];
  for (const chief of a.chiefs.values())
    shifts.push(...roundTheClock(chief, everyDay, '今天在家', '今晚在家'));

  for (const [first, second] of a.gridWorkers.values()) {
    if (!second) shifts.push(...roundTheClock(first!, everyDay, '今天在岗', '今晚值守'));
    else {
      shifts.push(
        shift(first!, everyDay, 8, 18, '今天在岗'),
        shift(first!, turns[0]!, 18, 8, '今晚值守'),
      );
      shifts.push(
        shift(second, weekdays, 8, 18, '今天在岗'),
        shift(second, turns[1]!, 18, 8, '今晚值守'),
      );
    }
  }

  for (const [leader, deputy] of a.gridLeaders.values()) {
    shifts.push(shift(leader!, everyDay, 8, 18, '今天在岗'));
    shifts.push(shift(deputy ?? leader!, everyDay, 18, 8, '今晚值守'));
  }

  a.supervisors.forEach((s, i) =>
    shifts.push(...roundTheClock(s, turns[i]!, '今天带班', '今晚带班')),
  );

  for (const [unitId, staff] of a.unitStaff) {
    staff.forEach((person, i) => {
      // 刘建设 is the one who always answers for the lights; his colleague works by day only.
      const nights = unitId === 'electricians' ? (i === 0 ? everyDay : []) : turns[i % 2]!;
      shifts.push(shift(person, i === 0 ? everyDay : weekdays, 8, 18, '今天在岗'));
      if (nights.length) shifts.push(shift(person, nights, 18, 8, '今晚值班'));
    });
  }

  a.dispatchers.forEach((d, i) => {
    // 林晓 is always there for the demo; the others take turns beside her.
    if (i === 0) shifts.push(...roundTheClock(d, everyDay, '今天值班', '今晚值班'));
    else shifts.push(...roundTheClock(d, turns[i % 2]!, '今天值班', '今晚值班'));
  });
  shifts.push(shift(a.admin, weekdays, 8, 18, '今天在岗'));
  return shifts;
};

const dayMs = 24 * 3600 * 1000;

/** A few people are away around `anchor`, each with a stand-in whose own shifts cover. */
export const buildLeaves = (a: Appointments, anchor: Date): Leave[] => {
  const days = (n: number) => new Date(anchor.getTime() + n * dayMs);
  const away = (person: Person, standIn: Person, from: number, until: number): Leave => ({
    personId: person.id,
    from: days(from),
    until: days(until),
    standInId: standIn.id,
  });
  const [liu, colleague] = a.unitStaff.get('electricians')!;
  return [
    away(colleague!, liu!, -1, 7),
    // A chief visits her son: the neighbouring chief looks after both alleys.
    away(a.chiefs.get('sz02-cs')!, a.chiefs.get('sz02-nc')!, -2, 5),
    // A grid's only worker: another grid's only worker, who is always on duty too, stands in.
    away(a.gridWorkers.get('pz01')![0]!, a.gridWorkers.get('pz03')![0]!, -1, 3),
    // Not yet begun.
    away(a.chiefs.get('dg03-ty')!, a.chiefs.get('dg03-hj')!, 20, 22),
  ];
};
