import { matches } from './matching';
import { copy, isDoc, order, rank, same, type Fields } from './values';

/** An error of the server, by its code. */
export class Refused extends Error {
  constructor(readonly code: number) {
    super(`refused with ${code}`);
  }
}

export type Update = Record<string, Record<string, unknown>>;

interface Place {
  readonly holder: Fields;
  readonly name: string;
}

/** Where a path ends; documents on the way are made when `make` is set. @throws Refused 28 */
function placeOf(doc: Fields, path: string, make: boolean): Place | undefined {
  const parts = path.split('.');
  const name = parts.pop()!;
  let holder = doc;
  for (const part of parts) {
    if (holder[part] === undefined) {
      if (!make) return undefined;
      holder[part] = {};
    }
    const next = holder[part];
    if (!isDoc(next)) {
      if (!make) return undefined;
      throw new Refused(28);
    }
    holder = next;
  }
  return { holder, name };
}

type Change = (old: unknown, operand: unknown) => unknown;

function numeric(act: (a: number, b: number) => number): Change {
  return (old, operand) => {
    if (old === undefined) return act === times ? 0 : operand;
    if (rank(old) !== 3) throw new Refused(14);
    return act(old as number, operand as number);
  };
}
const plus = (a: number, b: number): number => a + b;
/** Whole numbers have no negative zero. */
const times = (a: number, b: number): number =>
  Number.isInteger(a) && Number.isInteger(b) ? a * b + 0 : a * b;

const listOf = (old: unknown, code: number): unknown[] => {
  if (!Array.isArray(old)) throw new Refused(code);
  return [...(old as unknown[])];
};

interface PushAll {
  $each: unknown[];
  $position?: number;
  $sort?: 1 | -1;
  $slice?: number;
}

const push: Change = (old, operand) => {
  const list = old === undefined ? [] : listOf(old, 2);
  const all: PushAll =
    isDoc(operand) && '$each' in operand ? (operand as never) : { $each: [operand] };
  const at = all.$position ?? list.length;
  list.splice(at < 0 ? Math.max(0, list.length + at) : at, 0, ...all.$each);
  if (all.$sort) {
    const direction = all.$sort;
    list.sort((a, b) => order(a, b) * direction);
  }
  if (all.$slice === undefined) return list;
  if (all.$slice === 0) return [];
  return all.$slice > 0 ? list.slice(0, all.$slice) : list.slice(all.$slice);
};

const addToSet: Change = (old, operand) => {
  const list = old === undefined ? [] : listOf(old, 2);
  const items = isDoc(operand) && '$each' in operand ? (operand['$each'] as unknown[]) : [operand];
  for (const item of items) if (!list.some((v) => same(v, item))) list.push(item);
  return list;
};

const pull: Change = (old, operand) => {
  if (old === undefined) return undefined;
  const isTest = isDoc(operand) && Object.keys(operand).some((k) => k.startsWith('$'));
  return listOf(old, 2).filter((v) =>
    isTest ? !matches({ v: [v] }, { v: { $elemMatch: operand } }) : !same(v, operand),
  );
};

const pop: Change = (old, operand) => {
  if (old === undefined) return undefined;
  const list = listOf(old, 14);
  if ((operand as number) < 0) list.shift();
  else list.pop();
  return list;
};

const CHANGES: Record<string, Change> = {
  $set: (_, operand) => operand,
  $setOnInsert: (_, operand) => operand,
  $inc: numeric(plus),
  $mul: numeric(times),
  $min: (old, operand) => (old === undefined || order(operand, old) < 0 ? operand : old),
  $max: (old, operand) => (old === undefined || order(operand, old) > 0 ? operand : old),
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pop: pop,
};
/** These leave a missing field missing and make nothing on the way to it. */
const LAZY = new Set(['$unset', '$pull', '$pop', '$rename']);

/** @returns the changed copy. @throws Refused */
export function updated(before: Fields, update: Update, isInsert = false): Fields {
  const doc = copy(before);
  for (const [operator, fields] of Object.entries(update)) {
    if (operator === '$setOnInsert' && !isInsert) continue;
    for (const [path, operand] of Object.entries(fields)) {
      const place = placeOf(doc, path, !LAZY.has(operator));
      if (!place) continue;
      const { holder, name } = place;
      if (operator === '$unset') delete holder[name];
      else if (operator === '$rename') rename(doc, place, operand as string);
      else {
        const value = CHANGES[operator]!(holder[name], copy(operand));
        if (value !== undefined) holder[name] = value;
      }
    }
  }
  return doc;
}

function rename(doc: Fields, { holder, name }: Place, to: string): void {
  if (holder[name] === undefined) return;
  const value = holder[name];
  delete holder[name];
  const target = placeOf(doc, to, true)!;
  target.holder[target.name] = value;
}
