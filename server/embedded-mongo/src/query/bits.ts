import type { Long } from 'bson';
import { binaryParts, RANK, typeRank } from '../bson/compare';
import { isNumber, toDouble } from '../bson/numbers';
import { showValue } from '../bson/show';
import { bsonType } from '../bson/types';
import { badValue } from '../errors';

/** The bit positions a `$bits...` operand names: a number, a list of positions or binary data. */
function bitMask(operand: unknown): bigint {
  if (Array.isArray(operand))
    return operand.reduce<bigint>((mask, bit) => mask | (1n << bitPosition(bit)), 0n);
  if (isNumber(operand) && Number.isInteger(toDouble(operand)) && toDouble(operand) >= 0)
    return wholeNumber(operand);
  if (typeRank(operand) === RANK.binary) return bytesToInt(operand);
  throw badValue('$bits operators need a number, an array of positions or binary data');
}

function bitPosition(bit: unknown): bigint {
  const position = isNumber(bit) ? toDouble(bit) : NaN;
  if (!Number.isInteger(position) || position < 0)
    throw badValue(`bit positions must be an integer >= 0 but got: ${showValue(bit)}`);
  return BigInt(position);
}

/** An integer exactly; negative ones have all higher bits set, as in two's complement. */
const wholeNumber = (value: unknown): bigint =>
  bsonType(value) === 'Long' ? (value as Long).toBigInt() : BigInt(toDouble(value));

function bytesToInt(value: unknown): bigint {
  let out = 0n;
  const { bytes } = binaryParts(value);
  for (let i = bytes.length - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[i]!);
  return out;
}

/** Test for `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet`, `$bitsAnyClear`. */
export function compileBits(operator: string, operand: unknown): (value: unknown) => boolean {
  const mask = bitMask(operand);
  return (value) => {
    let bits: bigint;
    if (isNumber(value)) {
      if (!Number.isInteger(toDouble(value))) return false;
      bits = wholeNumber(value);
    } else if (typeRank(value) === RANK.binary) bits = bytesToInt(value);
    else return false;
    const set = bits & mask;
    switch (operator) {
      case '$bitsAllSet':
        return set === mask;
      case '$bitsAllClear':
        return set === 0n;
      case '$bitsAnySet':
        return set !== 0n;
      default:
        return set !== mask;
    }
  };
}
