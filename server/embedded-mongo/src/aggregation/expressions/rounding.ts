import type { Decimal128 } from 'bson';
import type { Decimal, Rounding } from '../../bson/decimals';
import { makeDecimal, NAN_DECIMAL, roundDecimal, shiftRight, toDecimal } from '../../bson/decimals';
import { isNumber, makeDouble, numericKind, toDouble, toFraction } from '../../bson/numbers';
import { typeName } from '../../query/types-operator';
import { asInt64 } from '../values';
import { isNullish, located } from '../scope';
import { bigintOf, makeInteger } from './arithmetic';
import type { Operator, Operators } from './operator';
import { operands, unary } from './operator';

/** `$ceil` and `$floor`: integers stay, doubles and decimals keep their type. */
function whole(how: 'ceil' | 'floor'): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw located(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    const kind = numericKind(value);
    if (kind === 'double') return makeDouble(Math[how](toDouble(value)));
    if (kind !== 'decimal' || !Number.isFinite(toDouble(value))) return value;
    return roundDecimal(toDecimal(value), 0, how);
  });
}

/** `$round` (half to even) and `$trunc` to a number of places. */
function toPlaces(how: Rounding): Operator {
  return operands(1, 2, ([value, precision = 0], name) => {
    if (isNullish(value) || precision === null) return null;
    if (!isNumber(value))
      throw located(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    const exact = asInt64(precision);
    if (exact === undefined)
      throw located(51082, `precision argument to ${name} must be a integral value`);
    const places = Number(exact);
    if (places < -20 || places > 100)
      throw located(
        51083,
        `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`,
      );
    return round(value, places, how);
  });
}

/** Rounds to decimal places, keeping the type. @throws Location51080 beyond int64 */
function round(value: unknown, places: number, how: Rounding): unknown {
  const kind = numericKind(value)!;
  if (kind === 'decimal')
    return Number.isFinite(toDouble(value)) ? quantize(toDecimal(value), places, how) : value;
  if (kind === 'double') return makeDouble(roundDouble(toDouble(value), places, how));
  if (places >= 0) return value;
  const rounded = shiftRight(bigintOf(value), -places, how) * 10n ** BigInt(-places);
  if (BigInt.asIntN(64, rounded) !== rounded)
    throw located(51080, 'invalid conversion from Decimal128 result in $round or $trunc');
  return makeInteger(rounded, kind);
}

function roundDouble(value: number, places: number, how: Rounding): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (places === 0 && how === 'trunc') return Math.trunc(value);
  // The exact value counts: 2.675 is a little less than it looks, so it becomes 2.67.
  const { num, den } = toFraction(value);
  const twos = den.toString(2).length - 1;
  const exact = toDecimal(makeDecimal(num * 5n ** BigInt(twos), -twos));
  const rounded = Number(roundDecimal(exact, places, how).toString());
  return rounded === 0 && value < 0 ? -0 : rounded;
}

/** Rounds to exactly that many places, adding zeros where there are fewer. */
function quantize(value: Decimal, places: number, how: Rounding): Decimal128 {
  const missing = value.exponent + places;
  if (missing <= 0) return roundDecimal(value, places, how);
  const digits = value.digits * 10n ** BigInt(missing);
  return digits.toString().replace('-', '').length > 34
    ? NAN_DECIMAL
    : makeDecimal(digits, -places);
}

export const ROUNDING: Operators = {
  $ceil: whole('ceil'),
  $floor: whole('floor'),
  $round: toPlaces('halfEven'),
  $trunc: toPlaces('trunc'),
};
