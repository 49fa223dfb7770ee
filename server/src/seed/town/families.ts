import { callNameOf, randomSurname, type Gender, type NameBook } from './names';
import type { Random } from './random';

/** A member before ids, phones and roles. */
export interface Member {
  name: string;
  surname: string;
  callName: string;
  gender: Gender;
  birthYear: number;
  relation: string;
}

export interface FamilyNeeds {
  random: Random;
  names: NameBook;
  /** Calendar year ages are counted from. */
  year: number;
}

/** One member; a name of the family's surname unless married in. */
export const makeMember = (
  { random, names, year }: FamilyNeeds,
  surname: string,
  gender: Gender,
  age: number,
  relation: string,
  fixedName?: string,
): Member => {
  const birthYear = year - age;
  const name = fixedName ?? names.give(random, surname, gender, birthYear);
  return {
    name,
    surname,
    callName: callNameOf(surname, name, gender, age),
    gender,
    birthYear,
    relation,
  };
};

/**
 * A believable family of 1 to 5: old people alone, couples, left-behind grandchildren, three
 * generations. `settled` asks for a head of working age, so that every alley has a chief to find.
 */
export const makeFamily = (
  needs: FamilyNeeds,
  surname: string,
  size: number,
  settled = false,
): Member[] => {
  const { random } = needs;
  const member = (gender: Gender, age: number, relation: string, own = surname) =>
    makeMember(needs, own, gender, age, relation);
  const wife = (age: number, relation: string) => member('f', age, relation, randomSurname(random));
  const child = (age: number, son: string, daughter: string) =>
    random.chance(0.52) ? member('m', age, son) : member('f', age, daughter);

  if (size === 1) {
    if (settled) return [member('m', random.int(46, 58), '户主')];
    return random.chance(0.8)
      ? [member(random.chance(0.65) ? 'f' : 'm', random.int(68, 88), '户主')]
      : [member('m', random.int(35, 60), '户主')];
  }
  if (size === 2) {
    const age = settled ? random.int(46, 58) : random.int(58, 78);
    return [member('m', age, '户主'), wife(age - random.int(0, 4), age < 60 ? '妻子' : '老伴')];
  }
  if (size === 3 && !settled && random.chance(0.4)) {
    // The parents work in another province.
    const age = random.int(58, 68);
    return [
      member('m', age, '户主'),
      wife(age - random.int(0, 4), '老伴'),
      child(age - random.int(50, 54), '孙子', '孙女'),
    ];
  }
  const age = settled ? random.int(45, 56) : random.int(30, 56);
  const family = [member('m', age, '户主'), wife(age - random.int(-1, 4), '妻子')];
  family.push(child(age - random.int(23, 29), '儿子', '女儿'));
  if (size === 3) return family;
  const parent = () =>
    random.chance(0.6)
      ? wife(age + random.int(22, 27), '母亲')
      : member('m', age + random.int(22, 28), '父亲');
  if (size === 4) {
    family.push(random.chance(0.55) ? parent() : child(Math.max(1, age - 31), '儿子', '女儿'));
    return family;
  }
  family.push(child(Math.max(1, age - 31), '儿子', '女儿'), parent());
  return family;
};
