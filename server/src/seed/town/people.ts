import type { Alley } from './areas';
import { castHouseholds, type CastHousehold } from './cast';
import { makeFamily, makeMember, type FamilyNeeds, type Member } from './families';
import { randomSurname } from './names';
import type { Household, Person } from './types';

/** Numbers of a range nobody is given: 1700000 and four digits. */
export const phoneAt = (index: number): string => `1700000${String(index).padStart(4, '0')}`;

/** Gives people their ids and phones, in order. */
export class PeopleRegister {
  readonly people: Person[] = [];

  constructor(private readonly year: number) {}

  add(
    member: Member,
    more: { id?: string; householdId?: string; roles: Person['roles']; title?: string },
  ): Person {
    const index = this.people.length + 1;
    const { id = `p${String(index).padStart(4, '0')}`, ...rest } = more;
    const person: Person = {
      id,
      name: member.name,
      surname: member.surname,
      callName: member.callName,
      gender: member.gender,
      birthYear: member.birthYear,
      relation: member.relation,
      phone: phoneAt(index),
      elderMode: this.year - member.birthYear >= 72,
      ...rest,
    };
    this.people.push(person);
    return person;
  }

  age(person: { birthYear: number }): number {
    return this.year - person.birthYear;
  }
}

/** Shares of household sizes 1..5; the mean is 2.8. */
const sizes = [1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5];

const castMembers = (needs: FamilyNeeds, cast: CastHousehold): (Member & { id?: string })[] =>
  (cast.members ?? []).map((c) => ({
    ...makeMember(needs, c.name.slice(0, 1), c.gender, c.age, c.relation, c.name),
    ...(c.callName ? { callName: c.callName } : {}),
    ...(c.id ? { id: c.id } : {}),
  }));

/** The households of one alley with their people; door 1 has somebody fit to be chief. */
export const settleAlley = (
  alley: Alley,
  needs: FamilyNeeds,
  register: PeopleRegister,
): Household[] => {
  const { random, year } = needs;
  const { area } = alley;
  const cast = castHouseholds[area.id] ?? {};
  // An alley the cast describes in full keeps exactly its doors.
  const doors = Math.max(...Object.keys(cast).map(Number), 0) >= 10 ? 14 : random.int(11, 13);

  return Array.from({ length: doors }, (_, i): Household => {
    const doorNo = i + 1;
    const known = cast[doorNo];
    const surname =
      known?.surname ?? (random.chance(0.7) ? random.pick(alley.clans) : randomSurname(random));
    const size = known?.size ?? (doorNo === 1 ? random.int(2, 4) : random.pick(sizes));
    const members: (Member & { id?: string })[] = known?.members
      ? castMembers(needs, known)
      : makeFamily(needs, surname, size, doorNo === 1);
    const id = `${area.id}-${doorNo}`;
    for (const { id: personId, ...member } of members) {
      register.add(member, {
        ...(personId ? { id: personId } : {}),
        householdId: id,
        roles: [{ role: 'resident', areaPath: area.path }],
      });
    }
    const head = members[0]!;
    const age = year - head.birthYear;
    const aloneAndOld = members.length === 1 && age >= 60;
    return {
      id,
      areaPath: area.path,
      alleyId: area.id,
      doorNo,
      plate: `${area.name} ${doorNo} 号`,
      name: aloneAndOld ? head.callName : `${surname}家`,
      note: aloneAndOld ? `独居 ${age} 岁` : '',
      location: alley.doorAt(doorNo, doors),
    };
  });
};
