import { Long } from 'bson';
import type { Timestamp } from 'bson';
import { bsonType } from '../../bson/types';
import { typeName } from '../../query/types-operator';
import { isNullish, located } from '../scope';
import type { Operators } from './operator';
import { unary } from './operator';

const part = (code: number, read: (stamp: Timestamp) => number) =>
  unary((value, name) => {
    if (isNullish(value)) return null;
    if (bsonType(value) !== 'Timestamp')
      throw located(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
    return Long.fromNumber(read(value as Timestamp));
  });

export const TIMESTAMPS: Operators = {
  $tsSecond: part(5687301, (stamp) => stamp.getHighBitsUnsigned()),
  $tsIncrement: part(5687302, (stamp) => stamp.getLowBitsUnsigned()),
};
