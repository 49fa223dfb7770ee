import { RANK, typeRank } from '../bson/compare';
import type { IndexField } from '../storage/index-definition';
import { afterPrefix, appendBytes, appendValue, encodeKey, MAX_KEY } from '../storage/keys';
import { boxCells } from '../geo/cells';
import type { PathCondition } from './conditions';

/** A stretch of index keys: start <= key < end. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

const cut = (key: Buffer) => (key.length > MAX_KEY ? key.subarray(0, MAX_KEY) : key);

/** Keys that begin with the given field values. */
export function prefixRange(prefix: Buffer): KeyRange {
  return { start: cut(prefix), end: afterPrefix(prefix) };
}

const NAN_BYTES = [RANK.number, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/**
 * Keys whose next field lies in the range; one-sided ranges stay within the type of the bound and
 * leave NaN out, as comparison operators do.
 */
export function valueRange(prefix: Buffer, field: IndexField, c: PathCondition): KeyRange {
  const d = field.direction;
  const { low, high } = c;
  const rank = typeRank((low ?? high)!.value);
  const first = d > 0 ? low : high;
  const last = d > 0 ? high : low;
  const at = (value: unknown) => cut(appendValue(prefix, value, d));
  // A cut bound stands for many values: include it and let the filter decide.
  const past = (value: unknown) => afterPrefix(appendValue(prefix, value, d));
  const isCut = (value: unknown) => appendValue(prefix, value, d).length > MAX_KEY;

  let start: Buffer;
  if (first) start = first.inclusive || isCut(first.value) ? at(first.value) : past(first.value);
  else if (d > 0 && rank === RANK.number) start = afterPrefix(appendBytes(prefix, NAN_BYTES, d));
  else start = appendBytes(prefix, [rank], d);

  let end: Buffer;
  if (last) end = last.inclusive || isCut(last.value) ? past(last.value) : at(last.value);
  else if (d < 0 && rank === RANK.number) end = appendBytes(prefix, NAN_BYTES, d);
  else end = afterPrefix(appendBytes(prefix, [rank], d));
  return { start, end };
}

/** Keys whose next field is a string starting with `text`. */
export function stringPrefixRange(prefix: Buffer, field: IndexField, text: string): KeyRange {
  const bytes = [RANK.string, ...Buffer.from(text, 'utf8')];
  return prefixRange(appendBytes(prefix, bytes, field.direction));
}

/** Ranges with every indexed cell that overlaps the box: its cells, what is in them and around. */
export function boxRanges(prefix: Buffer, condition: PathCondition): KeyRange[] {
  const ranges: KeyRange[] = [];
  const around = new Set<string>();
  for (const cell of boxCells(condition.box!)) {
    for (let length = 0; length < cell.length; length++) around.add(cell.slice(0, length));
    ranges.push(prefixRange(appendBytes(prefix, [RANK.string, ...Buffer.from(cell)], 1)));
  }
  for (const cell of around) ranges.push(prefixRange(appendValue(prefix, cell, 1)));
  return ranges;
}

/** Every combination of the fields' points, as encoded prefixes. */
export function pointPrefixes(
  indexId: number,
  points: readonly (readonly unknown[])[],
  directions: readonly number[],
): Buffer[] {
  let combinations: unknown[][] = [[]];
  for (const values of points)
    combinations = combinations.flatMap((c) => values.map((v) => [...c, v]));
  return combinations.map((values) => encodeKey(indexId, values, directions));
}
