import type { Document } from '../../bson/types';
import { isArray, isDocument } from '../../bson/types';
import { compareNumbers, isNumber, toDouble } from '../../bson/numbers';
import { compareValues } from '../../bson/compare';
import { failedToParse } from '../../errors';
import { typeName } from '../../query/types-operator';
import { addUnits, unitOf } from '../dates/units';
import { UTC } from '../dates/zone';
import { combine } from '../expressions/arithmetic';
import { located } from '../scope';
import { asInt64 } from '../values';
import type { Partition, WindowSort } from './window';

/** Positions of a document's window: from the first to before the second. */
export type Frame = (partition: Partition, index: number) => readonly [number, number];

const WHOLE: Frame = ({ docs }) => [0, docs.length];

/**
 * Compiles `window: {documents: [a, b]}` or `{range: [a, b], unit}`; without one the window is the
 * whole partition.
 */
export function compileFrame(window: unknown, sort: WindowSort): Frame {
  if (window === undefined) return WHOLE;
  if (!isDocument(window)) throw failedToParse("'window' field must be an object");
  for (const key of Object.keys(window))
    if (!['documents', 'range', 'unit'].includes(key))
      throw failedToParse(`'window' field that isn't documents, range or unit: ${key}`);
  const { documents, range, unit } = window;
  if (documents !== undefined && range !== undefined)
    throw failedToParse("Window bounds can specify either 'documents' or 'range', not both.");
  if (documents !== undefined) {
    if (unit !== undefined)
      throw failedToParse("Window bounds can only specify 'unit' with range-based bounds.");
    return documentFrame(documents, sort);
  }
  if (range === undefined) {
    if (unit !== undefined) throw failedToParse("'unit' needs range-based bounds");
    return WHOLE;
  }
  return rangeFrame(range, unit, sort);
}

function bounds(value: unknown, kind: string): readonly [unknown, unknown] {
  if (!isArray(value) || value.length !== 2)
    throw failedToParse(`Window bounds must be a 2-element array: ${kind}`);
  return value as [unknown, unknown];
}

function documentFrame(value: unknown, sort: WindowSort): Frame {
  const [low, high] = bounds(value, 'documents').map((bound, i) => {
    if (bound === 'unbounded') return i ? Infinity : -Infinity;
    if (bound === 'current') return 0;
    const n = asInt64(bound);
    if (n === undefined) throw failedToParse('Numeric document-based bounds must be an integer');
    return Number(n);
  }) as [number, number];
  if (low > high)
    throw located(5339900, `Lower bound must not exceed upper bound: [${low}, ${high}]`);
  if (!sort.keys.length && (Number.isFinite(low) || Number.isFinite(high)))
    throw located(5339901, 'Document-based bounds require a sortBy');
  return ({ docs }, index) => [
    Math.min(docs.length, Math.max(0, index + low)),
    Math.max(0, Math.min(docs.length, index + high + 1)),
  ];
}

function rangeFrame(value: unknown, unit: unknown, sort: WindowSort): Frame {
  const [low, high] = bounds(value, 'range');
  if (!sort.value) throw located(5339902, 'Range-based bounds require sortBy a single field');
  const units = unit === undefined ? undefined : unitOf(unit, "'window'");
  const offset = (bound: unknown): ((at: unknown) => unknown) => {
    if (bound === 'current') return (at) => at;
    if (!isNumber(bound)) throw failedToParse('Range-based bounds must be numeric');
    if (units && asInt64(bound) === undefined)
      throw failedToParse('With unit, range-based bounds must be an integer');
    return (at) => {
      if (units) {
        if (!(at instanceof Date)) throw wrongType(at, 'a Date');
        return addUnits(at, units, toDouble(bound), UTC);
      }
      if (!isNumber(at)) throw wrongType(at, 'a number');
      return combine('add', at, bound);
    };
  };
  const from = low === 'unbounded' ? undefined : offset(low);
  const to = high === 'unbounded' ? undefined : offset(high);
  if (isNumber(low) && isNumber(high) && compareNumbers(low, high) > 0)
    throw located(5339900, 'Lower bound must not exceed upper bound');
  return (partition, index) => {
    const { docs, sortValue } = partition;
    const at = sortValue(docs[index]!);
    const start = from ? first(docs, (doc) => compareValues(sortValue(doc), from(at)) >= 0) : 0;
    const end = to ? first(docs, (doc) => compareValues(sortValue(doc), to(at)) > 0) : docs.length;
    return [start, Math.max(start, end)];
  };
}

const wrongType = (value: unknown, wanted: string) =>
  located(
    5429414,
    `Invalid range: Expected the sortBy field to be ${wanted}, but it was ${typeName(value)}`,
  );

/** The first position whose document passes a test that all later ones pass, too. */
function first(docs: readonly Document[], test: (doc: Document) => boolean): number {
  let [low, high] = [0, docs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(docs[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
