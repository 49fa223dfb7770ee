import type { DirectorySnapshot, Leave, Shift } from './types';

/** How well somebody can take a matter now; lower is better. */
export const dutyRanks = { onDuty: 0, offDuty: 1, onLeave: 2 } as const;
export type DutyRank = (typeof dutyRanks)[keyof typeof dutyRanks];

const dayMinutes = 24 * 60;
/** China keeps UTC+8 everywhere and all year (no summer time since 1991): arithmetic is enough. */
const shanghaiOffsetMinutes = 8 * 60;

/** Weekday (0 = Sunday) and minute of the day on a wall clock in China. */
export const wallTime = (now: Date): { weekday: number; minute: number } => {
  const minutes = Math.floor(now.getTime() / 60_000) + shanghaiOffsetMinutes;
  const day = Math.floor(minutes / dayMinutes);
  // 1 January 1970 was a Thursday.
  return { weekday: (((day + 4) % 7) + 7) % 7, minute: minutes - day * dayMinutes };
};

/** True when the shift runs at `now`, whether it began today or last night. */
export const covers = (shift: Shift, now: Date): boolean => {
  const { weekday, minute } = wallTime(now);
  const { fromMinute, untilMinute, weekdays } = shift;
  const overnight = untilMinute <= fromMinute;
  const end = overnight ? untilMinute + dayMinutes : untilMinute;
  const began = (on: number, at: number) => weekdays.includes(on) && at >= fromMinute && at < end;
  return began(weekday, minute) || began((weekday + 6) % 7, minute + dayMinutes);
};

const isAway = (leave: Leave, now: Date) => leave.from <= now && now < leave.until;

/** Answers who is on duty at one moment. */
export interface DutyRoster {
  rankOf(personId: string): DutyRank;
  /** The running shift to tell of; of several, the one that began first in the day. */
  shiftOf(personId: string): Shift | undefined;
  leaveOf(personId: string): Leave | undefined;
  /** Who stands in, following stand-ins who are away themselves; never the person. */
  standInOf(personId: string): string | undefined;
}

const earlier = (a: Shift, b: Shift) =>
  a.fromMinute - b.fromMinute ||
  a.untilMinute - b.untilMinute ||
  (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

/** Before dawn “今晚值班” would mean the coming night: the shift that began last night is 夜里. */
const labelAt = (shift: Shift, now: Date): string => {
  const sinceYesterday =
    shift.untilMinute <= shift.fromMinute && wallTime(now).minute < shift.untilMinute;
  return sinceYesterday ? shift.label.replace('今晚', '夜里') : shift.label;
};

/** Somebody without a running shift is not on duty; leave outweighs every shift. */
export const createRoster = (
  snapshot: Pick<DirectorySnapshot, 'shifts' | 'leaves'>,
  now: Date,
): DutyRoster => {
  const running = new Map<string, Shift>();
  for (const shift of snapshot.shifts) {
    if (!covers(shift, now)) continue;
    const known = running.get(shift.personId);
    if (!known || earlier(shift, known) < 0) running.set(shift.personId, shift);
  }
  const away = new Map<string, Leave>();
  for (const leave of snapshot.leaves) {
    if (!isAway(leave, now)) continue;
    const known = away.get(leave.personId);
    // Of overlapping leaves the one that ends last tells when the person is back.
    const later =
      !known ||
      leave.until > known.until ||
      (leave.until.getTime() === known.until.getTime() &&
        (leave.standInId ?? '') > (known.standInId ?? ''));
    if (later) away.set(leave.personId, leave);
  }
  return {
    rankOf: (id) =>
      away.has(id) ? dutyRanks.onLeave : running.has(id) ? dutyRanks.onDuty : dutyRanks.offDuty,
    shiftOf: (id) => {
      const shift = running.get(id);
      return shift && { ...shift, label: labelAt(shift, now) };
    },
    leaveOf: (id) => away.get(id),
    standInOf: (id) => {
      const seen = new Set([id]);
      let next = away.get(id)?.standInId;
      while (next && !seen.has(next)) {
        if (!away.has(next)) return next;
        seen.add(next);
        next = away.get(next)?.standInId;
      }
      return undefined;
    },
  };
};
