import { local } from '../../kernel/localTime';

export interface Reminder {
  kind: 'evening' | 'soon';
  at: Date;
}

const soonMinutes = 60;

/** The evening before at seven, when people are home, and an hour ahead, when they must set out. */
const remindersOf = (startsAt: Date): Reminder[] => [
  {
    kind: 'evening',
    at: local(startsAt).startOf('day').subtract(1, 'day').add(19, 'hour').toDate(),
  },
  { kind: 'soon', at: new Date(startsAt.getTime() - soonMinutes * 60_000) },
];

/** The first reminder after an instant; none is left once the last has passed. */
export const nextReminder = (startsAt: Date, after: Date): Reminder | undefined =>
  remindersOf(startsAt).find((r) => r.at > after);

/**
 * What to say now for a booking whose reminder is due: only the latest, when the server slept
 * through one, and nothing once the slot has begun.
 */
export const dueReminder = (startsAt: Date, now: Date): Reminder['kind'] | undefined =>
  now >= startsAt
    ? undefined
    : remindersOf(startsAt)
        .filter((r) => r.at <= now)
        .at(-1)?.kind;
