import { importKinds } from '@alley-chief/shared/contract';
import { ancestorPaths, categoryCodes, isWithin, type Role } from '@alley-chief/shared/domain';
import type { Candidate } from '../../../../server/src/routing';
import { route } from '../../../../server/src/routing';
import { createRoster, dutyRanks } from '../../../../server/src/routing/duty';
import {
  buildTown,
  demoAnchor,
  townKinds,
  townLines,
  type Area,
  type Position,
} from '../../../../server/src/seed/town';
import { lampOut } from '../routing/smallTown';

const town = buildTown();
const areaById = new Map(town.areas.map((a) => [a.id, a]));
const kind = (k: Area['kind']) => town.areas.filter((a) => a.kind === k);
const membersOf = (householdId: string) => town.people.filter((p) => p.householdId === householdId);
const personById = (id: string) => town.people.find((p) => p.id === id)!;

/** Ray casting on the outer ring. */
const isInside = ([x, y]: Position, area: Area): boolean => {
  const corners = area.polygon[0]!;
  let inside = false;
  for (let i = 1; i < corners.length; i += 1) {
    const [ax, ay] = corners[i - 1]!;
    const [bx, by] = corners[i]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
};

const snapshot = () => ({
  people: town.people.flatMap((p) =>
    p.roles.map((r): Candidate => ({
      personId: p.id,
      name: p.name,
      role: r.role,
      areaPath: r.areaPath,
      ...(r.unitId ? { unitId: r.unitId } : {}),
      load: 0,
    })),
  ),
  responsibilities: town.responsibilities,
  shifts: town.shifts,
  leaves: town.leaves,
  kin: {},
  areaNames: Object.fromEntries(town.areas.map((a) => [a.path, a.name])),
});

describe('the ground', () => {
  it('is one city, one township, four villages, twelve grids and three alleys to a grid', () => {
    const count = (k: Area['kind']) => kind(k).length;
    expect([count('city'), count('township'), count('village') + count('community')]).toEqual([
      1, 1, 4,
    ]);
    expect([count('grid'), count('alley')]).toEqual([12, 36]);
  });

  it('has each area inside its parent, on the map and by its path', () => {
    for (const area of town.areas) {
      const corners: Position[] = area.polygon[0]!;
      expect(corners[0]).toEqual(corners.at(-1));
      if (area.kind === 'city') continue;
      const parent = areaById.get(area.parentId ?? '')!;
      expect(ancestorPaths(area.path).at(-2)).toBe(parent.path);
      for (const corner of corners) expect(isInside(corner, parent)).toBe(true);
    }
  });

  it('keeps areas of one parent apart', () => {
    for (const area of town.areas)
      for (const other of town.areas)
        if (area !== other && area.parentId === other.parentId)
          for (const corner of area.polygon[0]!) expect(isInside(corner, other)).toBe(false);
  });

  it('lies near 33.44 N 114.9 E', () => {
    expect(isInside([114.9, 33.44], areaById.get('dj')!)).toBe(true);
  });
});

describe('households and people', () => {
  it('are a small town’s worth', () => {
    expect(town.households.length).toBeGreaterThan(400);
    expect(town.people.length).toBeGreaterThan(1150);
    expect(town.people.length).toBeLessThan(1350);
  });

  it('have ids, names, phones and doors of their own', () => {
    const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length);
    for (const list of [town.areas, town.units, town.households, town.people]) {
      unique(list.map((x) => x.id));
      for (const { id } of list) expect(id).toMatch(/^[A-Za-z0-9:_.-]{1,64}$/);
    }
    unique(town.people.map((p) => p.name));
    unique(town.people.map((p) => p.phone));
    unique(town.households.map((h) => h.plate));
    unique(town.areas.map((a) => a.path));
    for (const { phone } of town.people) expect(phone).toMatch(/^1700000\d{4}$/);
  });

  it('stand inside their alley, with a head and believable ages', () => {
    for (const h of town.households) {
      const alley = areaById.get(h.alleyId)!;
      expect(alley.path).toBe(h.areaPath);
      expect(isInside(h.location, alley)).toBe(true);
      const members = membersOf(h.id);
      expect(members.filter((p) => p.relation === '户主')).toHaveLength(1);
      for (const p of members) {
        const age = demoAnchor.getUTCFullYear() - p.birthYear;
        expect(age).toBeGreaterThanOrEqual(1);
        expect(age).toBeLessThan(100);
        expect(p.name.startsWith(p.surname)).toBe(true);
      }
    }
  });

  it('have parents born well before their children', () => {
    for (const h of town.households) {
      const head = membersOf(h.id).find((p) => p.relation === '户主')!;
      for (const p of membersOf(h.id)) {
        if (p.relation === '儿子' || p.relation === '女儿')
          expect(p.birthYear - head.birthYear).toBeGreaterThan(17);
        if (p.relation === '母亲' || p.relation === '父亲')
          expect(head.birthYear - p.birthYear).toBeGreaterThan(17);
      }
    }
  });

  it('are the same every time, and leaves follow the anchor', () => {
    expect(buildTown()).toEqual(town);
    const later = new Date(demoAnchor.getTime() + 86_400_000);
    const moved = buildTown(later);
    expect({ ...moved, leaves: [] }).toEqual({ ...town, leaves: [] });
    expect(moved.leaves[0]!.from.getTime() - town.leaves[0]!.from.getTime()).toBe(86_400_000);
  });
});

describe('the cast', () => {
  it('lives where the story says', () => {
    expect(membersOf('lg03-hs-7')).toHaveLength(4);
    expect(personById('zhao')).toMatchObject({ name: '赵桂香', householdId: 'lg03-hs-7' });
    expect(personById('zhang')).toMatchObject({ callName: '张奶奶', elderMode: true });
    expect(town.households.find((h) => h.id === 'lg03-hs-3')).toMatchObject({
      plate: '槐树胡同 3 号',
      name: '张奶奶',
      note: '独居 81 岁',
    });
    const doors = town.households.filter((h) => h.alleyId === 'lg03-hs');
    expect(doors).toHaveLength(14);
    expect(doors.flatMap((h) => membersOf(h.id))).toHaveLength(43);
  });

  it.each([
    ['wang', 'alleyChief', '/xc/dj/lg/03/hs/'],
    ['liming', 'gridWorker', '/xc/dj/lg/03/'],
    ['sun', 'volunteer', '/xc/dj/lg/'],
    ['liu', 'unitStaff', '/xc/dj/'],
    ['zhou', 'gridLeader', '/xc/dj/lg/'],
    ['linxiao', 'dispatcher', '/xc/'],
  ])('%s is %s of %s', (id, role, areaPath) => {
    expect(personById(id).roles).toContainEqual(expect.objectContaining({ role, areaPath }));
  });

  it('can be chosen in demo mode, one large entrance among them', () => {
    expect(town.personas.map((p) => p.id).sort()).toEqual(
      ['linxiao', 'liming', 'liu', 'sun', 'wang', 'zhang', 'zhao', 'zhou'].sort(),
    );
    for (const { id } of town.personas) expect(personById(id)).toBeDefined();
    expect(town.personas.filter((p) => p.featured)).toHaveLength(1);
  });

  it('gets 赵桂香’s street light to 刘建设 at any hour', () => {
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      const at = new Date(demoAnchor.getTime() + hour * 3_600_000);
      expect(route(lampOut(), snapshot(), at).assignee.personId).toBe('liu');
    }
  });
});

describe('everybody who serves', () => {
  it('has a chief who lives there for each alley', () => {
    for (const alley of kind('alley')) {
      const chiefs = town.people.filter((p) =>
        p.roles.some((r) => r.role === 'alleyChief' && r.areaPath === alley.path),
      );
      expect(chiefs).toHaveLength(1);
      expect(chiefs[0]!.householdId?.startsWith(`${alley.id}-`)).toBe(true);
    }
  });

  it('is on duty around the clock, leaves and all, for each alley’s whole line and each unit', () => {
    const holders = (role: Role, covers: (areaPath: string) => boolean) =>
      town.people.filter((p) => p.roles.some((r) => r.role === role && covers(r.areaPath)));
    const alleys = kind('alley');
    const lines = alleys.flatMap((alley) =>
      (['alleyChief', 'gridWorker', 'gridLeader', 'gridSupervisor', 'dispatcher'] as const).map(
        (role) => holders(role, (path) => isWithin(alley.path, path)),
      ),
    );
    const staffs = town.units.map((u) =>
      town.people.filter((p) => p.roles.some((r) => r.unitId === u.id)),
    );
    for (const staff of staffs) expect(staff.length).toBeGreaterThanOrEqual(2);

    const gaps: string[] = [];
    // Two days before until four weeks after, half an hour past each hour.
    for (let hour = -48; hour < 28 * 24; hour += 1) {
      const at = new Date(demoAnchor.getTime() + (hour + 0.5) * 3_600_000);
      const roster = createRoster(town, at);
      for (const post of [...lines, ...staffs]) {
        const served = post.some((p) => {
          const who = roster.leaveOf(p.id) ? roster.standInOf(p.id) : p.id;
          return who !== undefined && roster.rankOf(who) === dutyRanks.onDuty;
        });
        if (!served) gaps.push(`${post[0]?.title ?? 'nobody'} ${at.toISOString()}`);
      }
    }
    expect(gaps).toEqual([]);
  });

  it('includes volunteers in each village', () => {
    for (const village of [...kind('village'), ...kind('community')])
      expect(
        town.people.filter((p) =>
          p.roles.some((r) => r.role === 'volunteer' && r.areaPath === village.path),
        ).length,
      ).toBeGreaterThanOrEqual(3);
  });
});

describe('the duty list', () => {
  it('has a rule for each category, with a number, a name and a limit', () => {
    for (const category of categoryCodes) {
      const rules = town.responsibilities.filter(
        (r) => r.category === category && r.areaPath === '/xc/dj/',
      );
      expect(rules).toHaveLength(1);
      expect(rules[0]).toMatchObject({
        dutyNo: expect.stringMatching(/^\d+$/),
        dutyName: expect.stringMatching(/./),
        limitHours: expect.any(Number),
      });
    }
  });

  it('names units and roles that are staffed', () => {
    for (const { handler } of town.responsibilities) {
      const staffed = town.people.some((p) =>
        p.roles.some((r) =>
          'unitId' in handler ? r.unitId === handler.unitId : r.role === handler.role,
        ),
      );
      expect(staffed).toBe(true);
    }
  });
});

describe('as JSON Lines', () => {
  it.each(townKinds)('%s: one object a line, nothing lost', (k) => {
    const lines = townLines(k, town);
    for (const line of lines) expect(line).not.toContain('\n');
    const plain = JSON.parse(JSON.stringify(town[k])) as object[];
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      plain.map((item) => expect.objectContaining(item) as unknown),
    );
  });

  it.each(importKinds)('%s: each line is named, no name twice', (k) => {
    const ids = townLines(k, town).map((line) => (JSON.parse(line) as { id: string }).id);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9:_.-]{1,64}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
