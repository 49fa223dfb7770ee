import type { Decimal128 } from 'bson';
import { Long } from 'bson';
import { divideDecimals, makeDecimal, toDecimal } from '../../bson/decimals';
import { arithmetic, isNumber, makeDouble, numericKind, toDouble } from '../../bson/numbers';
import type { State } from './accumulator';

/**
 * An exact sum of numbers of any type: integers as integers, doubles with the rounding errors
 * summed up beside them, so that the order of the documents does not matter.
 */
export class NumberSum {
  count = 0;
  private hasLong = false;
  private hasDouble = false;
  /** Integers, as long as a double holds them exactly; then in `large`. */
  private small = 0;
  private large = 0n;
  private high = 0;
  private low = 0;
  /** Sum of infinities and NaNs. */
  private special = 0;
  private decimal: unknown;

  add(value: unknown): void {
    const kind = numericKind(value);
    if (!kind) return;
    this.count++;
    if (kind === 'int') {
      this.small += toDouble(value);
      if (this.small > 4e15 || this.small < -4e15) this.flush();
    } else if (kind === 'long') {
      this.hasLong = true;
      this.large += (value as Long).toBigInt();
    } else if (kind === 'double') {
      this.hasDouble = true;
      this.addDouble(toDouble(value));
    } else this.decimal = this.decimal ? arithmetic('add', this.decimal, value) : value;
  }

  private flush(): void {
    this.large += BigInt(this.small);
    this.small = 0;
  }

  private addDouble(x: number): void {
    if (!Number.isFinite(x)) {
      this.special += x;
      return;
    }
    const sum = this.high + x;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (x - part);
    this.high = sum;
  }

  private integers(): bigint {
    return this.large + BigInt(this.small);
  }

  /** The sum as a double, everything but decimals included. */
  private double(): number {
    if (this.special !== 0) return this.special;
    const integers = this.integers();
    const rounded = Number(integers);
    const rest = Number(integers - BigInt(rounded));
    const [high, low] = [this.high, this.low];
    this.addDouble(rounded);
    this.addDouble(rest);
    const total = this.high + this.low;
    [this.high, this.low] = [high, low];
    return total;
  }

  /** Everything as a decimal. */
  private decimalTotal(): unknown {
    let total = this.decimal;
    if (this.hasDouble) total = arithmetic('add', total, makeDouble(this.double()));
    else total = arithmetic('add', total, decimalOfInteger(this.integers()));
    return total;
  }

  sum(): unknown {
    if (this.decimal) return this.decimalTotal();
    if (this.hasDouble) return makeDouble(this.double());
    const total = this.integers();
    if (!this.hasLong && BigInt.asIntN(32, total) === total) return Number(total);
    return BigInt.asIntN(64, total) === total ? Long.fromBigInt(total) : makeDouble(Number(total));
  }

  average(): unknown {
    if (!this.count) return null;
    if (!this.decimal) return makeDouble(this.double() / this.count);
    const total = this.decimalTotal();
    if (!Number.isFinite(toDouble(total))) return total;
    return divideDecimals(toDecimal(total), { digits: BigInt(this.count), exponent: 0 });
  }
}

const decimalOfInteger = (n: bigint): Decimal128 => makeDecimal(n, 0);

export const sumState = (): State => {
  const sum = new NumberSum();
  return {
    add(value) {
      sum.add(value);
      return 0;
    },
    result: () => sum.sum(),
  };
};

export const averageState = (): State => {
  const sum = new NumberSum();
  return {
    add(value) {
      sum.add(value);
      return 0;
    },
    result: () => sum.average(),
  };
};

/** Welford's method. */
export const deviationState = (sample: boolean) => (): State => {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add(value) {
      if (!isNumber(value)) return 0;
      const x = toDouble(value);
      count++;
      const delta = x - mean;
      mean += delta / count;
      squares += delta * (x - mean);
      return 0;
    },
    result() {
      const divisor = sample ? count - 1 : count;
      return divisor > 0 ? makeDouble(Math.sqrt(squares / divisor)) : null;
    },
  };
};
