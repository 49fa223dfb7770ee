import type { ClientSession, Connection } from 'mongoose';
import type { PersonTile } from '@alley-chief/shared/contract';
import { isWithin, roleLabels, type Role } from '@alley-chief/shared/domain';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import type { FieldCrypto } from '../../kernel/fieldCrypto';
import { Recent } from '../../kernel/recent';
import type { DirectorySnapshot } from '../../routing/types';
import type { AreaDoc, DirectoryModels, HouseholdDoc, LandmarkDoc, PersonDoc } from './model';
import { holdersOf, loadStaffIndex, snapshotOf, standInOf, type StaffIndex } from './staffIndex';

export interface DirectoryDeps {
  db: Connection;
  models: DirectoryModels;
  clock: Clock;
  fields: FieldCrypto;
}

/** The ground and its people. Other modules ask here and never read these collections themselves. */
export class DirectoryService {
  private index?: Promise<StaffIndex>;
  // Residents are too many for the index, but whoever speaks is asked about many times in a row.
  private readonly residents: Recent<PersonDoc | null>;
  private readonly homes: Recent<HouseholdDoc | null>;
  private readonly householdMembers: Recent<PersonDoc[]>;

  constructor(private readonly deps: DirectoryDeps) {
    const { people, households } = deps.models;
    this.residents = new Recent((id) => people.findById(id).lean().exec());
    this.homes = new Recent((id) => households.findById(id).lean().exec());
    this.householdMembers = new Recent((householdId) =>
      people.find({ householdId }).sort({ birthYear: 1 }).lean().exec(),
    );
  }

  /** The staff in memory; loaded on first use and after `invalidate`. */
  staff(): Promise<StaffIndex> {
    this.index ??= loadStaffIndex(this.deps.models, this.deps.clock.now()).catch(
      (error: unknown) => {
        this.index = undefined;
        throw error;
      },
    );
    return this.index;
  }

  /** The directory changed here or on another node. */
  invalidate(): void {
    this.index = undefined;
    this.residents.clear();
    this.homes.clear();
    this.householdMembers.clear();
  }

  /** Moves the version on, in the transaction that changes the directory. */
  async bumpVersion(session: ClientSession): Promise<void> {
    await this.deps.models.versions.updateOne(
      { _id: 'directory' },
      { $inc: { n: 1 } },
      { upsert: true, session },
    );
  }

  /** Up to ten seconds old. @throws AppError notFound */
  async person(personId: string): Promise<PersonDoc> {
    const known = (await this.staff()).people.get(personId);
    if (known) return known;
    const person = await this.residents.get(personId);
    if (!person) throw new AppError('notFound');
    return person;
  }

  async people(ids: readonly string[]): Promise<Map<string, PersonDoc>> {
    const staff = (await this.staff()).people;
    const found = new Map<string, PersonDoc>();
    const rest: string[] = [];
    for (const id of ids) {
      const p = staff.get(id);
      if (p) found.set(id, p);
      else rest.push(id);
    }
    // A few are asked for again and again; a long list is one query.
    if (rest.length <= 3) {
      for (const p of await Promise.all(rest.map((id) => this.residents.get(id)))) {
        if (p) found.set(p._id, p);
      }
    } else {
      for (const p of await this.deps.models.people.find({ _id: { $in: rest } }).lean()) {
        found.set(p._id, p);
      }
    }
    return found;
  }

  async setElderMode(personId: string, elderMode: boolean): Promise<void> {
    await this.deps.models.people.updateOne({ _id: personId }, { $set: { elderMode } });
    const known = (await this.staff()).people.get(personId);
    if (known) known.elderMode = elderMode;
    this.residents.clear();
    this.householdMembers.clear();
  }

  /** Up to ten seconds old. @throws AppError notFound */
  async household(householdId: string): Promise<HouseholdDoc> {
    const household = await this.homes.get(householdId);
    if (!household) throw new AppError('notFound');
    return household;
  }

  /** Oldest first; up to ten seconds old. */
  membersOf(householdId: string): Promise<PersonDoc[]> {
    return this.householdMembers.get(householdId);
  }

  /** Households of an area in order of their doors. */
  async householdsIn(areaPath: string): Promise<HouseholdDoc[]> {
    return this.deps.models.households
      .find({ areaPath: { $gte: areaPath, $lt: `${areaPath}\uffff` } })
      .sort({ areaPath: 1, doorNo: 1 })
      .lean();
  }

  /** Everybody by household. */
  async families(): Promise<Map<string, PersonDoc[]>> {
    const all = await this.deps.models.people.find({ householdId: { $exists: true } }).lean();
    const by = new Map<string, PersonDoc[]>();
    for (const p of all) by.set(p.householdId!, [...(by.get(p.householdId!) ?? []), p]);
    return by;
  }

  async countPeopleIn(householdIds: readonly string[]): Promise<number> {
    return this.deps.models.people.countDocuments({ householdId: { $in: householdIds } });
  }

  /** What people call the spots of the whole ground. */
  async landmarks(): Promise<LandmarkDoc[]> {
    return this.deps.models.landmarks.find({ live: true }).sort({ _id: 1 }).lean();
  }

  async areaByPath(path: string): Promise<AreaDoc | undefined> {
    return (await this.staff()).areasByPath.get(path);
  }

  /** The grid or alley whose polygon holds a point, narrowest first. */
  async areaAt(longitude: number, latitude: number): Promise<AreaDoc | undefined> {
    const areas = await this.deps.models.areas
      .find({
        kind: { $in: ['alley', 'grid', 'village', 'community'] },
        polygon: { $exists: true },
      })
      .lean();
    const hits = areas.filter(
      (a) => a.polygon && contains(a.polygon.coordinates[0] ?? [], longitude, latitude),
    );
    return hits.sort((a, b) => b.path.length - a.path.length)[0];
  }

  /** The chief of an alley, or who stands in for them now. */
  async chiefOf(areaPath: string): Promise<PersonDoc | undefined> {
    const index = await this.staff();
    const chief = holdersOf(index, 'alleyChief', areaPath)[0];
    if (!chief) return undefined;
    const standIn = standInOf(index, chief._id, this.deps.clock.now());
    return (standIn && index.people.get(standIn)) || chief;
  }

  async holders(role: Role, areaPath: string): Promise<PersonDoc[]> {
    return holdersOf(await this.staff(), role, areaPath);
  }

  /** What routing needs to know about one place. */
  async snapshot(
    areaPath: string,
    loads: (personIds: string[]) => Promise<Map<string, number>>,
    party: readonly string[],
  ): Promise<DirectorySnapshot> {
    const index = await this.staff();
    const kin = await this.kinOf(party);
    const bare = snapshotOf(index, areaPath, new Map(), kin);
    const byId = await loads([...new Set(bare.people.map((p) => p.personId))]);
    return {
      ...bare,
      people: bare.people.map((p) => ({ ...p, load: byId.get(p.personId) ?? 0 })),
    };
  }

  /** Everybody of the same household is kin: nobody judges a matter of their own family. */
  private async kinOf(party: readonly string[]): Promise<Record<string, string[]>> {
    if (party.length === 0) return {};
    const people = await this.people(party);
    const homes = [...people.values()].flatMap((p) => (p.householdId ? [p.householdId] : []));
    const family = (await Promise.all(homes.map((id) => this.membersOf(id)))).flat();
    const kin: Record<string, string[]> = {};
    for (const p of people.values()) {
      kin[p._id] = family
        .filter((f) => f.householdId === p.householdId && f._id !== p._id)
        .map((f) => f._id);
    }
    return kin;
  }

  phoneOf(person: PersonDoc): string | undefined {
    return person.phoneSealed ? this.deps.fields.open(person.phoneSealed) : undefined;
  }

  /** @param withPhone only where this viewer may call this person */
  tile(person: PersonDoc, title: string, withPhone: boolean): PersonTile {
    return {
      id: person._id,
      name: person.name,
      surname: person.surname,
      callName: person.callName,
      title,
      tone: toneOf(person),
      phone: withPhone ? this.phoneOf(person) : undefined,
    };
  }

  /** Role in plain words: 胡同长, 镇电工班, 网格员; empty for residents. */
  async titleOf(person: PersonDoc): Promise<string> {
    const index = await this.staff();
    const grant = mainGrant(person);
    if (!grant) return '';
    if (grant.unitId) return index.units.get(grant.unitId)?.name ?? roleLabels[grant.role];
    return roleLabels[grant.role];
  }

  async isOnGround(personId: string, areaPath: string): Promise<boolean> {
    const p = await this.person(personId);
    return p.roles.some((g) => isWithin(areaPath, g.areaPath));
  }
}

const order: Role[] = [
  'dispatcher',
  'gridSupervisor',
  'gridLeader',
  'unitStaff',
  'gridWorker',
  'alleyChief',
  'volunteer',
];

/** The role a person is known by, when they hold several. */
export const mainGrant = (person: PersonDoc): PersonDoc['roles'][number] | undefined =>
  order.flatMap((role) => person.roles.find((g) => g.role === role) ?? [])[0];

export const toneOf = (person: PersonDoc): PersonTile['tone'] => {
  const role = mainGrant(person)?.role;
  if (role === undefined) return 'household';
  if (role === 'alleyChief') return 'chief';
  return role === 'volunteer' ? 'volunteer' : 'worker';
};

/** Even-odd rule; points on an edge may fall either way, which a neighbouring alley forgives. */
const contains = (ring: number[][], x: number, y: number): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};
