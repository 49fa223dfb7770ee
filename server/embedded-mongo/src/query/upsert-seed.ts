import type { Document } from '../bson/types';
import { bsonType, cloneValue, isArray, isOperatorObject, makeDocument } from '../bson/types';
import { MongoError } from '../errors';
import { Target } from './update-target';

/**
 * The fields an upsert takes over from the equality conditions of its filter.
 * @param idOnly for replacements, which take over nothing but the _id
 * @throws NotSingleValueField when two conditions would set the same path.
 */
export function upsertSeed(filter: Document, idOnly: boolean): Document {
  const seed = makeDocument();
  const target = new Target(seed);
  const seen: string[] = [];
  const set = (path: string, value: unknown) => {
    if (idOnly && path !== '_id') return refuseIdParts(path);
    const twice = seen.find(
      (other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`),
    );
    if (twice !== undefined)
      throw new MongoError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path.length < twice.length ? path : twice}' is matched twice`,
      );
    seen.push(path);
    target.set(path.split('.'), cloneValue(value));
  };
  const walk = (part: Document) => {
    for (const key of Object.keys(part)) {
      const value = part[key];
      const branches = isArray(value) ? (value as Document[]) : [];
      if (key === '$and') branches.forEach(walk);
      else if (key === '$or' && branches.length === 1) branches.forEach(walk);
      else if (!key.startsWith('$')) seedField(key, value, set);
    }
  };
  walk(filter);
  return seed;
}

function refuseIdParts(path: string): void {
  if (path.startsWith('_id.'))
    throw new MongoError(
      55,
      'NotExactValueField',
      `field at '_id' must be exactly specified, field at sub-path '${path}'found`,
    );
}

function seedField(key: string, value: unknown, set: (path: string, value: unknown) => void): void {
  if (!isOperatorObject(value)) {
    if (bsonType(value) !== 'BSONRegExp') set(key, value);
    return;
  }
  for (const operator of Object.keys(value)) {
    const operand = value[operator];
    if (operator === '$eq') set(key, operand);
    else if ((operator === '$in' || operator === '$all') && isArray(operand)) {
      const [only] = operand;
      if (operand.length === 1 && !isOperatorObject(only)) seedField(key, only, set);
    }
  }
}
