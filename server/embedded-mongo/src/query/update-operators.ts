import { Long, Timestamp } from 'bson';
import { compareValues } from '../bson/compare';
import { arithmetic, isNumber, makeDouble, numericKind, toDouble } from '../bson/numbers';
import { cloneValue, isDocument, bsonType } from '../bson/types';
import { badValue, typeMismatch } from '../errors';
import { ARRAY_OPERATORS } from './array-operators';
import { typeName } from './types-operator';
import type { Target } from './update-target';
import type { UpdateOptions } from './updater';

/** Applies one operator to one concrete path. */
export type FieldOperator = (
  target: Target,
  parts: readonly string[],
  operand: unknown,
  options: UpdateOptions,
) => void;

function calculate(name: '$inc' | '$mul', op: 'add' | 'multiply'): FieldOperator {
  return (target, parts, operand) => {
    const path = parts.join('.');
    if (!isNumber(operand))
      throw typeMismatch(
        `Cannot ${op === 'add' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${String(operand)}}`,
      );
    const current = target.get(parts);
    if (current === undefined) {
      target.set(parts, op === 'add' ? operand : zeroLike(operand));
      return;
    }
    if (!isNumber(current))
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. The document has the field '${parts.at(-1)}' of non-numeric type ${typeName(current)}`,
      );
    const result = arithmetic(op, current, operand);
    if (result === undefined)
      throw badValue(`Failed to apply ${name} operations to current value of '${path}': overflow`);
    target.set(parts, result);
  };
}

function zeroLike(operand: unknown): unknown {
  const kind = numericKind(operand);
  if (kind === 'long') return Long.ZERO;
  return kind === 'double'
    ? makeDouble(0)
    : kind === 'decimal'
      ? arithmetic('multiply', operand, 0)
      : 0;
}

const setIf =
  (better: (comparison: number) => boolean): FieldOperator =>
  (target, parts, operand) => {
    const current = target.get(parts);
    if (current === undefined || better(compareValues(operand, current)))
      target.set(parts, cloneValue(operand));
  };

const set: FieldOperator = (target, parts, operand) => target.set(parts, cloneValue(operand));

const currentDate: FieldOperator = (target, parts, operand, { now }) => {
  const type = isDocument(operand)
    ? operand.$type
    : operand === true || isNumber(operand)
      ? 'date'
      : '';
  if (type === 'date') target.set(parts, now);
  else if (type === 'timestamp')
    target.set(parts, new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
  else throw badValue("The '$currentDate' operator needs true or {$type: 'date' | 'timestamp'}");
};

const rename: FieldOperator = (target, parts, operand) => {
  if (typeof operand !== 'string' || !operand)
    throw badValue(`The 'to' field for $rename must be a string: ${parts.join('.')}`);
  const value = target.get(parts);
  if (value === undefined) return;
  target.unset(parts);
  target.set(operand.split('.'), value);
};

const bit: FieldOperator = (target, parts, operand) => {
  if (!isDocument(operand)) throw badValue('The $bit modifier needs a document');
  const current = target.get(parts) ?? 0;
  const long = [current, ...Object.values(operand)].some((v) => bsonType(v) === 'Long');
  let bits = toBits(current);
  for (const [name, value] of Object.entries(operand)) {
    if (name === 'and') bits &= toBits(value);
    else if (name === 'or') bits |= toBits(value);
    else if (name === 'xor') bits ^= toBits(value);
    else throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
  }
  target.set(
    parts,
    long ? Long.fromBigInt(BigInt.asIntN(64, bits)) : Number(BigInt.asIntN(32, bits)),
  );
};

function toBits(value: unknown): bigint {
  const kind = numericKind(value);
  if (kind !== 'int' && kind !== 'long') throw badValue('$bit works on integers only');
  return kind === 'long' ? (value as Long).toBigInt() : BigInt(toDouble(value));
}

const unsetField: FieldOperator = (target, parts) => target.unset(parts);

/** All update operators by name. */
export const FIELD_OPERATORS: ReadonlyMap<string, FieldOperator> = new Map<string, FieldOperator>([
  ['$set', set],
  ['$setOnInsert', set],
  ['$unset', unsetField],
  ['$inc', calculate('$inc', 'add')],
  ['$mul', calculate('$mul', 'multiply')],
  ['$min', setIf((c) => c < 0)],
  ['$max', setIf((c) => c > 0)],
  ['$currentDate', currentDate],
  ['$rename', rename],
  ['$bit', bit],
  ...ARRAY_OPERATORS,
]);
