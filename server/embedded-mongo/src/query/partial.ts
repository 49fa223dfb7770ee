import { compareValues, typeRank, valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { isOperatorObject } from '../bson/types';
import { compileFilter } from './matcher';
import type { Conditions, PathCondition } from './conditions';
import { extractConditions } from './conditions';

/** Does every document that meets `query` also meet the partial index's filter? (Or: unknown.) */
export function impliesPartial(query: Conditions, partial: Document): boolean {
  return Object.entries(partial).every(([path, value]) => {
    if (path === '$and' && Array.isArray(value))
      return value.every((part) => impliesPartial(query, part as Document));
    if (path.startsWith('$')) return false;
    const known = query.paths.get(path);
    return known !== undefined && implied(known, path, value);
  });
}

function implied(known: PathCondition, path: string, wanted: unknown): boolean {
  if (known.points) {
    const test = compileFilter({ [path]: wanted });
    // Every value searched for must itself pass the index's filter.
    return known.points.every((value) => value !== null && test(nest(path, value)));
  }
  if (!isOperatorObject(wanted)) return false;
  const target = extractConditions({ [path]: wanted }).paths.get(path);
  if (!target) return false;
  const keys = Object.keys(wanted);
  if (keys.length === 1 && keys[0] === '$exists')
    return target.exists === true && known.exists === true;
  if (!target.exact || target.points) return false;
  return sideImplied(known, target, 'low') && sideImplied(known, target, 'high');
}

function sideImplied(known: PathCondition, target: PathCondition, side: 'low' | 'high'): boolean {
  const need = target[side];
  if (!need) return true;
  const have = known[side];
  if (!have || typeRank(have.value) !== typeRank(need.value)) return false;
  if (valuesEqual(have.value, need.value)) return need.inclusive || !have.inclusive;
  const order = compareValues(have.value, need.value);
  return side === 'low' ? order > 0 : order < 0;
}

function nest(path: string, value: unknown): Document {
  return path
    .split('.')
    .reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Document;
}
