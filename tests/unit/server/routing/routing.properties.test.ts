import {
  categoryCodes,
  staffRoles,
  type CategoryCode,
  type Role,
} from '@alley-chief/shared/domain';
import fc from 'fast-check';
import {
  NoOneLeft,
  route,
  type Candidate,
  type DirectorySnapshot,
  type RoutingDecision,
  type RoutingMatter,
} from '../../../../server/src/routing';

/**
 * Random little towns, good and bad: posts nobody holds, people without shifts, circles of
 * stand-ins, kin everywhere. What is expected is worked out here anew, by brute force.
 */
const alleys = ['/xc/dj/lg/03/hs/', '/xc/dj/lg/03/ly/', '/xc/dj/lg/02/ct/', '/xc/dj/sz/01/sj/'];
const grounds = [
  ...new Set(
    alleys.flatMap((a) =>
      a
        .split('/')
        .slice(2, -1)
        .map(
          (_, i) =>
            `/${a
              .split('/')
              .slice(1, i + 3)
              .join('/')}/`,
        ),
    ),
  ),
];
const ids = Array.from({ length: 12 }, (_, i) => `p${i}`);
const anyId = fc.constantFrom(...ids);
const someIds = fc.uniqueArray(anyId, { maxLength: 4 });
/** Few categories, so that rules and matters meet. */
const category = fc.constantFrom(
  'roads.light' as const,
  'environment.burning' as const,
  'dispute.neighbour' as const,
  'style.staff' as const,
);
const unitId = fc.constantFrom('u1', 'u2');

/** Few posts for twelve people, so that most have an equal or two. */
const posts: Omit<Candidate, 'personId' | 'name' | 'load'>[] = [
  { role: 'unitStaff', areaPath: '/xc/dj/', unitId: 'u1' },
  { role: 'unitStaff', areaPath: '/xc/dj/', unitId: 'u2' },
  { role: 'alleyChief', areaPath: alleys[0]! },
  { role: 'gridWorker', areaPath: '/xc/dj/lg/03/' },
  { role: 'gridWorker', areaPath: '/xc/dj/lg/02/' },
  { role: 'gridLeader', areaPath: '/xc/dj/lg/' },
  { role: 'gridSupervisor', areaPath: '/xc/dj/' },
  { role: 'dispatcher', areaPath: '/xc/' },
];
const post = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...posts) },
  {
    weight: 1,
    arbitrary: fc.record({
      role: fc.constantFrom<Role>('alleyChief', 'gridWorker', 'admin', 'resident', 'volunteer'),
      areaPath: fc.constantFrom(...grounds),
    }),
  },
);
const candidate = (personId: string) =>
  fc
    .tuple(post, fc.integer({ min: 0, max: 2 }))
    .map(([held, load]): Candidate => ({ personId, name: `人${personId}`, ...held, load }));

const desk: Candidate = {
  personId: 'desk',
  name: '值班台',
  role: 'dispatcher',
  areaPath: '/xc/',
  load: 3,
};

const shift = fc.record({
  personId: fc.constantFrom(...ids, 'desk'),
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  untilMinute: fc.integer({ min: 1, max: 1440 }),
  label: fc.constantFrom('今天在岗', '今晚值班'),
});
const instant = fc.date({
  min: new Date('2026-07-01T00:00:00Z'),
  max: new Date('2026-07-31T00:00:00Z'),
  noInvalidDate: true,
});
const leave = fc.record(
  {
    personId: anyId,
    // Half of them have begun whatever the moment is.
    from: fc.oneof(instant, fc.constant(new Date('2026-06-01T00:00:00Z'))),
    until: fc.oneof(instant, fc.constant(new Date('2026-09-01T00:00:00Z'))),
    standInId: anyId,
  },
  { requiredKeys: ['personId', 'from', 'until'] },
);
const rule = fc.record({
  category,
  areaPath: fc.constantFrom('/xc/', '/xc/dj/', '/xc/dj/lg/'),
  handler: fc.oneof(
    unitId.map((u) => ({ role: 'unitStaff' as const, unitId: u, unitName: `${u}班` })),
    fc
      .constantFrom<Role>('alleyChief', 'gridWorker', 'gridLeader', 'dispatcher')
      .map((r) => ({ role: r })),
  ),
  dutyNo: fc.constantFrom('1', '2'),
  dutyName: fc.constant('某事'),
  kind: fc.constantFrom('basic' as const, 'cooperative' as const, 'reclaimed' as const),
});

const world = fc.record({
  people: fc
    .tuple(...ids.map(candidate))
    .chain((all) => fc.subarray(all))
    .map((some) => [...some, desk]),
  responsibilities: fc.array(rule, { maxLength: 10 }),
  shifts: fc.array(shift, { minLength: 5, maxLength: 40 }),
  leaves: fc.array(leave, { maxLength: 4 }),
  kin: fc.dictionary(anyId, someIds, { maxKeys: 3 }),
  areaNames: fc.constant({}),
});

const matterOf = (categories: fc.Arbitrary<CategoryCode> = category): fc.Arbitrary<RoutingMatter> =>
  fc.record({
    category: categories,
    categoryConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
    alternatives: fc.constant([]),
    evidence: fc.constant(['词']),
    areaPath: fc.constantFrom(...grounds),
    placeSource: fc.constantFrom('named' as const, 'located' as const, 'home' as const),
    placeText: fc.constant('门口'),
    reporterId: anyId,
    householdMemberIds: someIds,
    against: someIds,
    confidential: fc.boolean(),
    emergency: fc.boolean(),
    care: fc.boolean(),
    excluded: fc.uniqueArray(fc.constantFrom(...ids, 'desk'), { maxLength: 6 }),
  });

const settings = { numRuns: 400, seed: 20260715 };

/** Kin in either direction. */
const withKin = (people: string[], { kin }: DirectorySnapshot): Set<string> =>
  new Set([
    ...people,
    ...people.flatMap((id) => kin[id] ?? []),
    ...Object.entries(kin).flatMap(([id, of]) => (of.some((o) => people.includes(o)) ? [id] : [])),
  ]);

const wall = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Shanghai',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const isOnDuty = (id: string, snapshot: DirectorySnapshot, now: Date): boolean => {
  if (snapshot.leaves.some((l) => l.personId === id && l.from <= now && now < l.until))
    return false;
  const parts = Object.fromEntries(wall.formatToParts(now).map((p) => [p.type, p.value]));
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday!);
  const minute = Number(parts.hour) * 60 + Number(parts.minute);
  return snapshot.shifts.some((s) => {
    if (s.personId !== id) return false;
    const today = s.weekdays.includes(day);
    const yesterday = s.weekdays.includes((day + 6) % 7);
    return s.untilMinute > s.fromMinute
      ? today && minute >= s.fromMinute && minute < s.untilMinute
      : (today && minute >= s.fromMinute) || (yesterday && minute < s.untilMinute);
  });
};

const serves = (p: Candidate) => (staffRoles as readonly Role[]).includes(p.role);
const everyone = (d: RoutingDecision) => [
  d.assignee.personId,
  ...d.chain,
  ...d.notify.map((p) => p.personId),
];

describe('whatever the town and the matter', () => {
  it('somebody who serves gets it', () => {
    fc.assert(
      fc.property(matterOf(fc.constantFrom(...categoryCodes)), world, instant, (m, w, now) => {
        const decision = route(m, w, now);
        expect(serves(decision.assignee)).toBe(true);
        expect(decision.sentence).not.toBe('');
        expect(decision.limitHours).toBeGreaterThan(0);
        expect(decision.reasons.map((r) => r.kind)).toEqual(
          expect.arrayContaining(['what', 'where', 'whose', 'onDuty', 'fallback']),
        );
      }),
      settings,
    );
  });

  it('the person complained about and their kin neither get it nor hear of it', () => {
    // Here even the desk may be the one complained about.
    const against = fc.uniqueArray(fc.constantFrom(...ids, 'desk'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(matterOf(), against, world, instant, (m, accused, w, now) => {
        const barred = withKin(accused, w);
        const matter = { ...m, against: accused };
        const open = w.people.filter((p) => serves(p) && !barred.has(p.personId));
        if (open.length === 0) expect(() => route(matter, w, now)).toThrow(NoOneLeft);
        else for (const id of everyone(route(matter, w, now))) expect(barred.has(id)).toBe(false);
      }),
      settings,
    );
  });

  it('nobody off duty gets it while an equal is on duty, nobody busier while an equal has less', () => {
    fc.assert(
      fc.property(matterOf(), world, instant, (m, w, now) => {
        const { assignee, standInFor } = route(m, w, now);
        if (standInFor !== undefined) return;
        // Stricter than routing itself: people with any tie to anybody are left out of the claim.
        const tied = withKin([...m.against, m.reporterId, ...m.householdMemberIds], w);
        const accused = w.people.some((p) => m.against.includes(p.personId));
        if (accused || m.category === 'style.staff') return;
        const awake = isOnDuty(assignee.personId, w, now);
        for (const equal of w.people) {
          if (
            equal.personId === assignee.personId ||
            equal.role !== assignee.role ||
            equal.areaPath !== assignee.areaPath ||
            equal.unitId !== assignee.unitId ||
            tied.has(equal.personId) ||
            m.excluded.includes(equal.personId) ||
            !isOnDuty(equal.personId, w, now)
          )
            continue;
          expect(awake).toBe(true);
          expect(equal.load).toBeGreaterThanOrEqual(assignee.load);
        }
      }),
      settings,
    );
  });

  it('the order in which the directory is listed does not matter', () => {
    const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
    const pair = world.chain((w) =>
      fc
        .record({
          people: shuffled(w.people),
          responsibilities: shuffled(w.responsibilities),
          shifts: shuffled(w.shifts),
          leaves: shuffled(w.leaves),
          kin: shuffled(Object.entries(w.kin)).map((entries) => Object.fromEntries(entries)),
        })
        .map((other) => [w, { ...w, ...other }] as const),
    );
    fc.assert(
      fc.property(matterOf(), pair, instant, (m, [one, other], now) => {
        expect(route(m, other, now)).toEqual(route(m, one, now));
      }),
      settings,
    );
  });

  it('the way up ends at the duty desk and visits nobody twice', () => {
    fc.assert(
      fc.property(matterOf(), world, instant, (m, w, now) => {
        const excluded = m.excluded.filter((id) => id !== 'desk');
        const { assignee, chain } = route({ ...m, excluded }, w, now);
        const way = [assignee.personId, ...chain];
        expect(new Set(way).size).toBe(way.length);
        const last = w.people.find((p) => p.personId === way.at(-1))!;
        expect(last.role).toBe('dispatcher');
        for (const id of chain) expect(excluded).not.toContain(id);
      }),
      settings,
    );
  });

  it('nobody who had it gets it again while somebody without ties is left', () => {
    fc.assert(
      fc.property(matterOf(), world, instant, (m, w, now) => {
        const { assignee } = route(m, w, now);
        if (!m.excluded.includes(assignee.personId)) return;
        const accused = w.people.some((p) => m.against.includes(p.personId));
        if (accused || m.category === 'style.staff') return;
        const tied = withKin([...m.against, m.reporterId, ...m.householdMemberIds], w);
        const free = w.people.filter(
          (p) => serves(p) && !tied.has(p.personId) && !m.excluded.includes(p.personId),
        );
        expect(free).toEqual([]);
      }),
      settings,
    );
  });
});
