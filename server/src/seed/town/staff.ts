import { isStaff, type Role } from '@alley-chief/shared/domain';
import { cityPath, townshipPath, villages } from './areas';
import { castColleagues } from './cast';
import { makeMember, type FamilyNeeds } from './families';
import { randomSurname, type Gender } from './names';
import type { PeopleRegister } from './people';
import type { Area, Household, Person } from './types';
import { units, type UnitId } from './units';

/** Who serves where, in the order they were appointed; shifts are drawn up from it. */
export interface Appointments {
  /** By alley id. */
  chiefs: Map<string, Person>;
  /** By grid id: one or two. */
  gridWorkers: Map<string, Person[]>;
  /** By village id: the leader, and a deputy for the nights where there is one. */
  gridLeaders: Map<string, Person[]>;
  supervisors: Person[];
  /** By unit id: two or more. */
  unitStaff: Map<UnitId, Person[]>;
  dispatchers: Person[];
  admin: Person;
}

const volunteersPerVillage = 5;

/** Gives every post to somebody: neighbours for the ground, colleagues for units and the centre. */
export const appoint = (
  areas: Area[],
  households: Household[],
  register: PeopleRegister,
  needs: FamilyNeeds,
): Appointments => {
  const { random } = needs;
  const pathOf = new Map(households.map((h) => [h.id, h.areaPath]));
  const byId = (id: string) => register.people.find((p) => p.id === id)!;
  const livingIn = (path: string) =>
    register.people.filter((p) => p.householdId && pathOf.get(p.householdId)!.startsWith(path));
  const grant = (person: Person, role: Role, areaPath: string, title?: string) => {
    person.roles.push({ role, areaPath });
    if (title) person.title = title;
    return person;
  };
  /** A neighbour without a post yet; deterministic, because the list is and the draw is. */
  const neighbour = (path: string, from: number, to: number) =>
    random.pick(
      livingIn(path).filter((p) => {
        const age = register.age(p);
        const free = !isStaff(p.roles) && !p.roles.some((r) => r.role === 'volunteer');
        // The personas of villagers stay plain villagers.
        return (
          free && age >= from && age <= to && !['zhao', 'sun', 'liming', 'zhou'].includes(p.id)
        );
      }),
    );
  const colleague = (
    role: Role,
    areaPath: string,
    title: string,
    more: {
      id?: string;
      unitId?: string;
      known?: { name: string; gender: Gender; age: number };
    } = {},
  ) => {
    const gender = more.known?.gender ?? (random.chance(0.45) ? 'f' : 'm');
    const age = more.known?.age ?? random.int(28, 56);
    const surname = more.known?.name.slice(0, 1) ?? randomSurname(random);
    const member = makeMember(needs, surname, gender, age, '', more.known?.name);
    return register.add(
      // Away from the alley people are called by their names.
      { ...member, callName: member.name },
      {
        ...(more.id ? { id: more.id } : {}),
        roles: [{ role, areaPath, ...(more.unitId ? { unitId: more.unitId } : {}) }],
        title,
      },
    );
  };

  const chiefs = new Map<string, Person>();
  for (const alley of areas.filter((a) => a.kind === 'alley')) {
    const grown = register.people.filter(
      (p) => p.householdId === `${alley.id}-1` && register.age(p) >= 40 && register.age(p) <= 65,
    );
    const chief = grown.find((p) => p.id === 'wang') ?? random.pick(grown);
    chiefs.set(alley.id, grant(chief, 'alleyChief', alley.path, '胡同长'));
  }

  const gridWorkers = new Map<string, Person[]>();
  areas
    .filter((a) => a.kind === 'grid')
    .forEach((grid, i) => {
      const first = grid.id === 'lg03' ? byId('liming') : neighbour(grid.path, 26, 52);
      const workers = [grant(first, 'gridWorker', grid.path, '网格员')];
      // Every other grid has a second one; 柳沟 03 keeps to one, as the story has it.
      if (i % 2 === 1)
        workers.push(grant(neighbour(grid.path, 24, 55), 'gridWorker', grid.path, '网格员'));
      gridWorkers.set(grid.id, workers);
    });

  const gridLeaders = new Map<string, Person[]>();
  for (const { slug } of villages) {
    const path = `${townshipPath}${slug}/`;
    const leader = slug === 'lg' ? byId('zhou') : neighbour(path, 40, 58);
    const leaders = [grant(leader, 'gridLeader', path, '网格长')];
    if (slug !== 'lg') leaders.push(grant(neighbour(path, 35, 58), 'gridLeader', path, '副网格长'));
    gridLeaders.set(slug, leaders);

    for (let i = 0; i < volunteersPerVillage; i += 1) {
      const volunteer = slug === 'lg' && i === 0 ? byId('sun') : neighbour(path, 18, 66);
      grant(volunteer, 'volunteer', path, '志愿者');
    }
  }

  const supervisors = [1, 2].map(() => colleague('gridSupervisor', townshipPath, '网格指导员'));

  const unitStaff = new Map<UnitId, Person[]>();
  for (const unit of units) {
    const known = unit.id === 'electricians' ? { id: 'liu', known: castColleagues.liu } : {};
    unitStaff.set(unit.id, [
      colleague('unitStaff', unit.areaPath, unit.name, { unitId: unit.id, ...known }),
      colleague('unitStaff', unit.areaPath, unit.name, { unitId: unit.id }),
    ]);
  }

  const dispatchers = [
    colleague('dispatcher', cityPath, '治理中心', { id: 'linxiao', known: castColleagues.linxiao }),
    ...[1, 2, 3].map(() => colleague('dispatcher', cityPath, '治理中心')),
  ];
  const admin = colleague('admin', cityPath, '管理员', { id: 'admin' });

  return { chiefs, gridWorkers, gridLeaders, supervisors, unitStaff, dispatchers, admin };
};
