import { isNumber, toDouble } from '../../bson/numbers';
import { isDocument } from '../../bson/types';
import type { Document } from '../../bson/types';
import type { SortField } from '../../query/planner';
import { documentOrder } from '../../query/sort';
import { located } from '../scope';
import { compareOperands } from '../values';

/** The fields a `$sort` names. @throws Location15974 and the like */
export function sortFields(spec: unknown): SortField[] {
  if (!isDocument(spec)) throw located(15973, 'the $sort key specification must be an object');
  const paths = Object.keys(spec);
  if (!paths.length) throw located(15976, '$sort stage must have at least one sort key');
  return paths.map((path) => {
    const order = spec[path];
    if (isDocument(order) && '$meta' in order)
      throw located(31138, `the embedded database does not sort by $meta (${path})`);
    if (!isNumber(order))
      throw located(15974, `Illegal key in $sort specification: ${path}: ${String(order)}`);
    const direction = toDouble(order);
    if (direction !== 1 && direction !== -1)
      throw located(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: path.split('.'), direction } as const;
  });
}

/** Compares by a document's fields; `spec` as in `$sort`. @throws Location15974 and the like */
export const fieldOrder = (spec: unknown): ((a: Document, b: Document) => number) =>
  documentOrder(sortFields(spec));

/** Sorts a list by whole values (`1`, `-1`) or by fields of its documents. The sort is stable. */
export function sortOrder(spec: unknown, name: string): (list: readonly unknown[]) => unknown[] {
  if (isNumber(spec)) {
    const direction = toDouble(spec);
    if (direction !== 1 && direction !== -1)
      throw located(2942507, `${name}: sortBy must be 1, -1 or an object`);
    return (list) => [...list].sort((a, b) => compareOperands(a, b) * direction);
  }
  if (!isDocument(spec)) throw located(2942507, `${name}: sortBy must be 1, -1 or an object`);
  const order = fieldOrder(spec);
  const fieldsOf = (value: unknown): Document => (isDocument(value) ? value : {});
  return (list) => [...list].sort((a, b) => order(fieldsOf(a), fieldsOf(b)));
}
