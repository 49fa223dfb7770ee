import type { Document } from '../../bson/types';
import { inspect, isArray, isDocument, makeDocument, withoutField } from '../../bson/types';
import { Double } from 'bson';
import { encodeDocument } from '../../bson/encode';
import { bsonSize } from '../../bson/size';
import { typeName } from '../../query/types-operator';
import { toDouble, isNumber } from '../../bson/numbers';
import { isNullish, located } from '../scope';
import type { Operator, Operators } from './operator';
import { argumentObject, operands, unary } from './operator';

const arrayToObject = unary((list) => {
  if (isNullish(list)) return null;
  if (!isArray(list))
    throw located(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
  const out = makeDocument();
  const pairs = isArray(list[0]);
  for (const item of list) {
    if (isArray(item) !== pairs || !(isArray(item) || isDocument(item)))
      throw located(
        pairs ? 40396 : 40391,
        `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Found: ${typeName(item)}`,
      );
    const [key, value] = isArray(item) ? pairOf(item) : fieldOf(item);
    if (key.includes('\0'))
      throw located(4940400, 'Key field cannot contain an embedded null byte');
    if (value === undefined) delete out[key];
    else out[key] = value;
  }
  return out;
});

function pairOf(item: readonly unknown[]): [string, unknown] {
  if (item.length !== 2)
    throw located(
      40397,
      `$arrayToObject requires an array of size 2 arrays, found array of size: ${item.length}`,
    );
  if (typeof item[0] !== 'string')
    throw located(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(item[0])}`,
    );
  return [item[0], item[1]];
}

function fieldOf(item: Document): [string, unknown] {
  const keys = Object.keys(item);
  if (keys.length !== 2)
    throw located(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${keys.length}`,
    );
  if (!Object.hasOwn(item, 'k') || !Object.hasOwn(item, 'v'))
    throw located(40393, "$arrayToObject requires an object with keys 'k' and 'v'.");
  if (typeof item.k !== 'string')
    throw located(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(item.k)}`,
    );
  return [item.k, item.v];
}

const objectToArray = unary((value) => {
  if (isNullish(value)) return null;
  if (!isDocument(value))
    throw located(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return Object.keys(value).map((k) => makeDocument({ k, v: value[k] }));
});

/** Documents laid over each other; nulls are passed over. @throws Location40400 */
export function mergeObjects(values: readonly unknown[]): Document {
  const parts = values.filter((value): value is Document => {
    if (isNullish(value)) return false;
    if (!isDocument(value))
      throw located(
        40400,
        `$mergeObjects requires object inputs, but input ${inspect(value)} is of type ${typeName(value)}`,
      );
    return true;
  });
  return makeDocument(...parts);
}

const mergeOperator: Operator = (argument, compiler, name) => {
  const merge = operands(0, Infinity, (values) => {
    // A single operand may itself be the list.
    const list = values.length === 1 && isArray(values[0]) ? values[0] : values;
    return mergeObjects(list);
  });
  return merge(argument, compiler, name);
};

/** A field's name given as a constant; `$literal` allows names that look like paths. */
function constantName(field: unknown, name: string): string {
  if (typeof field === 'string') {
    if (field.startsWith('$'))
      throw located(4161108, `${name} requires 'field' to evaluate to a constant, got a path`);
    return field;
  }
  const literal = isDocument(field) ? field.$literal : undefined;
  if (typeof literal !== 'string')
    throw located(4161107, `${name} requires 'field' to evaluate to type String`);
  return literal;
}

const getField: Operator = (argument, compiler, name) => {
  const isLong = isDocument(argument) && ('field' in argument || 'input' in argument);
  const given = isLong
    ? argumentObject(argument, name, {
        required: ['field', 'input'],
        codes: { unknown: 3041701, missing: { field: 3041702, input: 3041703 } },
      })
    : { field: argument, input: '$$CURRENT' };
  const [field, input] = [compiler.compile(given.field), compiler.compile(given.input)];
  return (scope) => {
    const key = field(scope);
    if (typeof key !== 'string')
      throw located(
        3041704,
        `$getField requires 'field' to evaluate to type String, but got ${typeName(key)}`,
      );
    const value = input(scope);
    if (isNullish(value)) return value;
    return isDocument(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  };
};

function fieldSetter(hasValue: boolean): Operator {
  return (argument, compiler, name) => {
    const given = argumentObject(argument, name, {
      required: hasValue ? ['field', 'input', 'value'] : ['field', 'input'],
      codes: {
        object: 4161100,
        unknown: 4161101,
        missing: { field: 4161102, input: 4161109, value: 4161103 },
      },
    });
    const key = constantName(given.field, name);
    const input = compiler.compile(given.input);
    const value = hasValue ? compiler.compile(given.value) : () => undefined;
    return (scope) => {
      const doc = input(scope);
      if (isNullish(doc)) return null;
      if (!isDocument(doc))
        throw located(4161105, `${name} requires 'input' to evaluate to type Object`);
      const wanted = value(scope);
      if (wanted === undefined) return withoutField(doc, key);
      return makeDocument(doc, { [key]: wanted });
    };
  };
}

const binarySize = unary((value) => {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeName(value) === 'binData') return bsonSize(value) - 5;
  throw located(
    51276,
    `$binarySize requires a string or BinData argument, found: ${typeName(value)}`,
  );
});

const documentSize = unary((value) => {
  if (isNullish(value)) return null;
  if (!isDocument(value))
    throw located(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  return encodeDocument(value).length;
});

const literal: Operator = (argument) => () => argument;

/** A double, also where it happens to be whole. */
const random = () => {
  const value = Math.random();
  return value === 0 ? new Double(0) : value;
};

const rand: Operator = (argument) => {
  const isEmpty = isArray(argument)
    ? !argument.length
    : isDocument(argument) && !Object.keys(argument).length;
  if (!isEmpty) throw located(3040501, '$rand does not currently accept arguments');
  return random;
};

const sampleRate: Operator = (argument) => {
  if (!isNumber(argument)) throw located(10065, 'argument to $sampleRate must be numeric');
  const rate = toDouble(argument);
  if (!(rate >= 0 && rate <= 1))
    throw located(2942400, 'numeric argument to $sampleRate must be in [0, 1]');
  return () => Math.random() < rate;
};

export const OBJECTS: Operators = {
  $arrayToObject: arrayToObject,
  $objectToArray: objectToArray,
  $mergeObjects: mergeOperator,
  $getField: getField,
  $setField: fieldSetter(true),
  $unsetField: fieldSetter(false),
  $binarySize: binarySize,
  $bsonSize: documentSize,
  $literal: literal,
  $const: literal,
  $rand: rand,
  $sampleRate: sampleRate,
};
