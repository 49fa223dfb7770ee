import { Long, Timestamp } from 'bson';
import { compareValues } from '../bson/compare';
import { arithmetic, isNumber, makeDouble, numericKind, toDouble } from '../bson/numbers';
import { showField, showValue } from '../bson/show';
import { bsonType, cloneValue, isArray, isDocument } from '../bson/types';
import { badValue, typeMismatch } from '../errors';
import type { Collation } from './collation';
import { ARRAY_OPERATORS } from './array-operators';
import { renameField } from './rename-operator';
import { typeName } from './types-operator';
import type { Target } from './update-target';

/** What operators may need beyond the document. */
export interface ChangeContext {
  readonly now: Date;
}

/** Changes one concrete path. */
export type FieldChange = (
  target: Target,
  parts: readonly string[],
  context: ChangeContext,
) => void;

/**
 * Reads the operand an operator has for a path as sent (`$` and `$[x]` still in it).
 * @throws MongoError when the operand is malformed, whether or not a document will match.
 */
export type FieldOperator = (path: string, operand: unknown, collation?: Collation) => FieldChange;

function calculate(name: '$inc' | '$mul', op: 'add' | 'multiply'): FieldOperator {
  return (path, operand) => {
    if (!isNumber(operand))
      throw typeMismatch(
        `Cannot ${op === 'add' ? 'increment' : 'multiply'} with non-numeric argument: {${showField(path, operand)}}`,
      );
    return (target, parts) => {
      const current = target.get(parts);
      if (current === undefined) {
        target.set(parts, op === 'add' ? operand : zeroLike(operand));
        return;
      }
      if (!isNumber(current))
        throw typeMismatch(
          `Cannot apply ${name} to a value of non-numeric type. ${target.identity} has the field '${parts.at(-1)}' of non-numeric type ${typeName(current)}`,
        );
      const result = arithmetic(op, current, operand);
      if (result === undefined)
        throw badValue(
          `Failed to apply ${name} operations to current value (${showValue(current)}) for document ${target.identity}`,
        );
      target.set(parts, result);
    };
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
  (_, operand, collation) =>
  (target, parts) => {
    const current = target.get(parts);
    if (current === undefined || better(compareValues(operand, current, collation)))
      target.set(parts, cloneValue(operand));
  };

const set: FieldOperator = (_, operand) => (target, parts) =>
  target.set(parts, cloneValue(operand));

const currentDate: FieldOperator = (_, operand) => {
  const type = currentDateType(operand);
  return (target, parts, { now }) => {
    const value =
      type === 'date' ? now : new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
    target.set(parts, value);
  };
};

function currentDateType(operand: unknown): 'date' | 'timestamp' {
  if (typeof operand === 'boolean') return 'date';
  if (!isDocument(operand))
    throw badValue(
      `${isArray(operand) ? 'array' : typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  for (const key of Object.keys(operand))
    if (key !== '$type') throw badValue(`Unrecognized $currentDate option: ${key}`);
  if (operand.$type !== 'date' && operand.$type !== 'timestamp')
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  return operand.$type;
}

type BitStep = (bits: bigint) => bigint;

const bit: FieldOperator = (path, operand) => {
  if (!isDocument(operand))
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  const steps = Object.keys(operand).map((name) => bitStep(name, operand[name]));
  if (!steps.length)
    throw badValue(
      'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
    );
  const longOperand = Object.values(operand).some((v) => bsonType(v) === 'Long');
  return (target, parts) => {
    const stored = target.get(parts);
    const current = stored === undefined ? 0 : stored;
    const kind = numericKind(current);
    if (kind !== 'int' && kind !== 'long')
      throw badValue(
        `Cannot apply $bit to a value of non-integral type.${target.identity} has the field ${path} of non-integer type ${typeName(current)}`,
      );
    const bits = steps.reduce((value, step) => step(value), toBits(current));
    const long = longOperand || kind === 'long';
    target.set(
      parts,
      long ? Long.fromBigInt(BigInt.asIntN(64, bits)) : Number(BigInt.asIntN(32, bits)),
    );
  };
};

function bitStep(name: string, value: unknown): BitStep {
  if (name !== 'and' && name !== 'or' && name !== 'xor')
    throw badValue(
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${showField(name, value)}}`,
    );
  const kind = numericKind(value);
  if (kind !== 'int' && kind !== 'long')
    throw badValue(
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: {${showField(name, value)}}`,
    );
  const operand = toBits(value);
  if (name === 'and') return (bits) => bits & operand;
  return name === 'or' ? (bits) => bits | operand : (bits) => bits ^ operand;
}

const toBits = (value: unknown): bigint =>
  bsonType(value) === 'Long' ? (value as Long).toBigInt() : BigInt(toDouble(value));

const unsetField: FieldOperator = () => (target, parts) => target.unset(parts);

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
  ['$rename', renameField],
  ['$bit', bit],
  ...ARRAY_OPERATORS,
]);
