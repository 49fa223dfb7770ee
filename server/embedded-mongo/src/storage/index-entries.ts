import { latin1 } from '../bson/slices';
import { MongoError } from '../errors';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { coveringCells } from '../geo/cells';
import type { IndexDefinition, IndexField } from './index-definition';
import { EMPTY_ARRAY, MAX_KEY, encodeKey, limitKey } from './keys';

const cannotIndexParallelArrays = (a: string, b: string) =>
  new MongoError(171, 'CannotIndexParallelArrays', `cannot index parallel arrays [${a}] [${b}]`);

/**
 * The keys under which `doc` stands in `index` (without record id); none when a sparse or partial
 * index leaves it out. Marks the index multikey/truncated, which the caller must persist: the
 * result's `stateChanged` says so.
 */
export function indexEntries(
  index: IndexDefinition,
  doc: Document,
): { keys: Buffer[]; stateChanged: boolean } {
  if (!index.stored) return { keys: [], stateChanged: false };
  if (index.partialMatcher && !index.partialMatcher(doc)) return { keys: [], stateChanged: false };
  const before = stateOf(index);
  const marks = [...index.multikey];
  // A mark that is not persisted must not stay: the next document would be taken as no news.
  const unmark = () => marks.forEach((mark, i) => (index.multikey[i] = mark));
  let tuples: unknown[][];
  try {
    tuples = valueTuples(index, doc);
  } catch (error) {
    unmark();
    throw error;
  }
  if (index.sparse && tuples.every((t) => t.every((v) => v === undefined))) {
    unmark();
    return { keys: [], stateChanged: false };
  }
  const directions = index.fields.map((f) => f.direction);
  const keys: Buffer[] = [];
  const seen = tuples.length > 1 ? new Set<string>() : undefined;
  for (const tuple of tuples) {
    let key = encodeKey(index.id, tuple, directions);
    if (key.length > MAX_KEY) {
      index.truncated = true;
      key = limitKey(key);
    }
    if (seen) {
      const name = latin1(key);
      if (seen.has(name)) continue;
      seen.add(name);
    }
    keys.push(key);
  }
  return { keys, stateChanged: stateOf(index) !== before };
}

function stateOf(index: IndexDefinition): number {
  let state = index.truncated ? 1 : 0;
  for (let i = 0; i < index.multikey.length; i++) if (index.multikey[i]) state |= 2 << i;
  return state;
}

/** Where one indexed path has got to in the document. */
interface Walk {
  value: unknown;
  part: number;
  /** Set once the value is an array element or otherwise final. */
  final: boolean;
}

/**
 * All combinations of values of the index's fields. Arrays unfold into one tuple per element; two
 * fields below the same array unfold together, two different arrays are an error (as in MongoDB).
 */
function valueTuples(index: IndexDefinition, doc: Document): unknown[][] {
  const walks = index.fields.map((): Walk => ({ value: doc, part: 0, final: false }));
  const out: unknown[][] = [];
  unfold(index, walks, out);
  return out;
}

function unfold(index: IndexDefinition, walks: Walk[], out: unknown[][]): void {
  let array: unknown[] | undefined;
  let arrayField = -1;
  for (let i = 0; i < walks.length; i++) {
    const field = index.fields[i]!;
    const walk = advance(walks[i]!, field);
    walks[i] = walk;
    if (walk.final) continue;
    index.multikey[i] = true;
    if (array && array !== walk.value)
      throw cannotIndexParallelArrays(index.fields[arrayField]!.name, field.name);
    array = walk.value as unknown[];
    arrayField = i;
  }
  if (!array) {
    emit(index, walks, out);
    return;
  }
  const branch = (element: unknown, isEmpty: boolean) => {
    const next = walks.map((walk, i): Walk => {
      if (walk.final || walk.value !== array) return { ...walk };
      const atEnd = walk.part === index.fields[i]!.parts.length;
      if (atEnd) return { value: isEmpty ? EMPTY_ARRAY : element, part: walk.part, final: true };
      return isDocument(element)
        ? { value: element, part: walk.part, final: false }
        : { value: undefined, part: walk.part, final: true };
    });
    unfold(index, next, out);
  };
  if (!array.length) branch(undefined, true);
  else for (const element of array) branch(element, false);
}

/** Walks down until the end of the path, a missing field, or an array that must unfold. */
function advance(start: Walk, field: IndexField): Walk {
  if (start.final) return start;
  let { value, part } = start;
  const { parts } = field;
  while (part < parts.length) {
    if (Array.isArray(value)) {
      const position = /^\d+$/.test(parts[part]!) ? Number(parts[part]) : -1;
      if (position < 0 || position >= value.length) return { value, part, final: false };
      value = value[position];
    } else if (isDocument(value)) value = value[parts[part]!];
    else return { value: undefined, part, final: true };
    part++;
  }
  if (Array.isArray(value) && field.kind === 'ordered') return { value, part, final: false };
  return { value, part, final: true };
}

/** Geometries become covering cells, everything else stands as it is. */
function emit(index: IndexDefinition, walks: readonly Walk[], out: unknown[][]): void {
  let tuples: unknown[][] = [[]];
  for (let i = 0; i < walks.length; i++) {
    const { value } = walks[i]!;
    if (index.fields[i]!.kind === 'geo' && value !== undefined && value !== null) {
      const cells = coveringCells(value);
      if (cells.length > 1) index.multikey[i] = true;
      tuples = tuples.flatMap((t) => cells.map((cell) => [...t, cell]));
    } else for (const t of tuples) t.push(value);
  }
  out.push(...tuples);
}
