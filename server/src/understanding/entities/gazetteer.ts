import { soundOf } from '../language/sounds';

/** A name to be found in running text. */
export interface Named<T> {
  name: string;
  value: T;
}

export interface Found<T> {
  start: number;
  end: number;
  /** Everything of that name; a name alone does not say which. */
  values: T[];
  /** As the directory writes it. */
  name: string;
}

interface Entry<T> {
  name: string;
  sound: string;
  values: T[];
}

/** Names shorter than this must be written right: two sounds are heard everywhere. */
const leastBySound = 3;
/** From here on one character may be wrong, missing or too many. */
const leastFuzzy = 4;

/** Whether `b` is `a` with at most one character changed, added or left out. */
const nearly = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  const rest = (skipA: number, skipB: number) => a.slice(i + skipA) === b.slice(i + skipB);
  return a.length === b.length ? rest(1, 1) : a.length > b.length ? rest(1, 0) : rest(0, 1);
};

/**
 * Finds many names in one pass, the longest at each place: as written, else by sound, else with one
 * slip. The first two characters must sound right in any case: they tell one alley from the next, and
 * by them thousands of names are looked up at no cost.
 */
export const createGazetteer = <T>(names: readonly Named<T>[]): ((text: string) => Found<T>[]) => {
  const byName = new Map<string, T[]>();
  for (const { name, value } of names) {
    if (name.length < 2) continue;
    const values = byName.get(name) ?? [];
    if (!values.includes(value)) values.push(value);
    byName.set(name, values);
  }
  const shelves = new Map<string, Entry<T>[]>();
  for (const [name, values] of byName) {
    const sound = soundOf(name);
    const shelf = shelves.get(sound.slice(0, 2)) ?? [];
    shelf.push({ name, sound, values });
    shelves.set(sound.slice(0, 2), shelf);
  }
  for (const shelf of shelves.values()) {
    shelf.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1));
  }

  return (text) => {
    const sound = soundOf(text);
    const found: Found<T>[] = [];
    for (let i = 0; i + 1 < text.length;) {
      const shelf = shelves.get(sound.slice(i, i + 2));
      const hit = shelf && hitAt(shelf, text, sound, i);
      if (hit) {
        found.push({ start: i, end: i + hit.length, values: hit.values, name: hit.name });
        i += hit.length;
      } else i += 1;
    }
    return found;
  };
};

interface Hit<T> {
  name: string;
  length: number;
  values: T[];
}

const hitAt = <T>(
  shelf: readonly Entry<T>[],
  text: string,
  sound: string,
  at: number,
): Hit<T> | undefined => {
  const written = shelf.find((e) => text.startsWith(e.name, at));
  const heard = shelf.find((e) => e.name.length >= leastBySound && sound.startsWith(e.sound, at));
  const right = written ?? heard;
  // 柳沟 as written must not hide 柳沟村口 heard wrongly, nor a slip of a longer name.
  const slipped = shelf.flatMap((e) => slipOf(e, sound, at) ?? [])[0];
  if (right && (!slipped || right.name.length >= slipped.name.length - 1)) {
    return { name: right.name, length: right.name.length, values: right.values };
  }
  if (!slipped) return undefined;
  const rivals = shelf.filter(
    (e) => e.name.length === slipped.name.length && slipOf(e, sound, at)?.length === slipped.length,
  );
  return { ...slipped, values: [...new Set(rivals.flatMap((e) => e.values))] };
};

const slipOf = <T>(entry: Entry<T>, sound: string, at: number): Hit<T> | undefined => {
  const { name, values } = entry;
  if (name.length < leastFuzzy) return undefined;
  const length = [name.length, name.length - 1, name.length + 1].find((n) => {
    const said = sound.slice(at, at + n);
    // Both ends must be right, or the slip might be the beginning of the next word.
    return said.length === n && said.at(-1) === entry.sound.at(-1) && nearly(entry.sound, said);
  });
  return length === undefined ? undefined : { name, length, values };
};
