import { blockCount, eachFeature, type Reader } from './tokens';
import type { Input } from './types';

/** Texts as counted features: nothing of the text itself is kept. */
export interface Corpus {
  rows: number;
  bits: number;
  /** Where the blocks of each row begin in `bucket`; one more at the end. */
  starts: Int32Array;
  bucket: Int32Array;
  count: Uint8Array;
}

/** Collects rows into typed arrays that grow: a tenth of what objects would take. */
export class CorpusBuilder {
  private starts = new Int32Array(2 * blockCount);
  private bucket: Int32Array;
  private count: Uint8Array;
  private used = 0;
  private rows = 0;
  private readonly seen: Int32Array[];
  private readonly lengths = new Array<number>(blockCount).fill(0);

  constructor(
    private readonly reader: Reader,
    private readonly bits: number,
    /** Features that are likely to come; it grows when there are more. */
    expected = 1024,
  ) {
    this.bucket = new Int32Array(expected);
    this.count = new Uint8Array(expected);
    this.seen = Array.from({ length: blockCount }, () => new Int32Array(128));
  }

  add(input: Input): void {
    const mask = (1 << this.bits) - 1;
    this.lengths.fill(0);
    eachFeature(input, this.reader, (block, hash) => {
      const at = this.lengths[block]!++;
      let list = this.seen[block]!;
      if (at >= list.length) this.seen[block] = list = grown(list, at + 1);
      list[at] = ((hash >>> this.bits) ^ hash) & mask;
    });
    if ((this.rows + 1) * blockCount + 1 > this.starts.length) {
      this.starts = grown(this.starts, (this.rows + 1) * blockCount + 1);
    }
    for (let block = 0; block < blockCount; block++) {
      this.starts[this.rows * blockCount + block] = this.used;
      this.countUp(this.seen[block]!.subarray(0, this.lengths[block]).sort());
    }
    this.rows++;
    this.starts[this.rows * blockCount] = this.used;
  }

  private countUp(sorted: Int32Array): void {
    if (this.used + sorted.length > this.bucket.length) {
      this.bucket = grown(this.bucket, this.used + sorted.length);
      this.count = grown(this.count, this.bucket.length);
    }
    for (let i = 0; i < sorted.length;) {
      const bucket = sorted[i]!;
      let n = 0;
      for (; i < sorted.length && sorted[i] === bucket; i++) n++;
      this.bucket[this.used] = bucket;
      this.count[this.used] = Math.min(n, 255);
      this.used++;
    }
  }

  /** What was added so far; the builder must not be used after. */
  finish(): Corpus {
    return {
      rows: this.rows,
      bits: this.bits,
      starts: this.starts.subarray(0, this.rows * blockCount + 1),
      bucket: this.bucket.subarray(0, this.used),
      count: this.count.subarray(0, this.used),
    };
  }
}

const grown = <T extends Int32Array | Uint8Array>(list: T, needed: number): T => {
  const larger = new (list.constructor as new (length: number) => T)(
    Math.max(needed, Math.ceil(list.length * 1.6)),
  );
  larger.set(list);
  return larger;
};
