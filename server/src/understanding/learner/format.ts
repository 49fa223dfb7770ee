import { LearnerError, type Model } from './types';

/**
 * A model as bytes: magic, length of a JSON head, the head, the lists, and a hash of all of it.
 * Ascending lists are stored as differences, mostly one byte each.
 */
const magic = [0x41, 0x43, 0x54, 0x4d, 1];
const hashBytes = 8;

type Unnamed = Omit<Model, 'version'>;

const put = (list: number[], value: number): void => {
  for (let v = value; ; v = Math.floor(v / 128)) {
    if (v < 128) return void list.push(v);
    list.push((v % 128) | 128);
  }
};

const differences = (ascending: Uint32Array): Uint8Array => {
  const bytes: number[] = [];
  ascending.forEach((value, i) => put(bytes, i === 0 ? value : value - ascending[i - 1]!));
  return Uint8Array.from(bytes);
};

const floats = (list: Float32Array): Uint8Array => {
  const view = new DataView(new ArrayBuffer(list.length * 4));
  list.forEach((value, i) => view.setFloat32(i * 4, value, true));
  return new Uint8Array(view.buffer);
};

const bytesOf = (model: Unnamed): Uint8Array => {
  const { buckets, idf, kept, codes, scales, biases, ...head } = model;
  const lists = [
    differences(buckets),
    idf,
    differences(kept),
    new Uint8Array(codes.buffer, codes.byteOffset, codes.length),
    floats(scales),
    floats(biases),
  ];
  const sizes = [buckets.length, kept.length];
  const json = new TextEncoder().encode(JSON.stringify({ ...head, sizes }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return joined([Uint8Array.from(magic), length, json, ...lists]);
};

const joined = (parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** 64 bits from two FNV-1a lanes; tells models apart and finds damage, guards against nobody. */
const hashOf = (bytes: Uint8Array): Uint8Array => {
  let a = 0x811c9dc5;
  let b = 0x2c1b3c6d;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 16777619);
    b = Math.imul(b ^ byte ^ (a >>> 24), 0x5bd1e995);
  }
  const out = new Uint8Array(hashBytes);
  new DataView(out.buffer).setUint32(0, a >>> 0);
  new DataView(out.buffer).setUint32(4, b >>> 0);
  return out;
};

const named = (hash: Uint8Array): string =>
  `text-${Array.from(hash, (b) => b.toString(16).padStart(2, '0')).join('')}`;

/** The name of a model: a hash of its content. */
export const versionOf = (model: Unnamed): string => named(hashOf(bytesOf(model)));

export const modelToBytes = ({ version: _, ...model }: Model): Uint8Array => {
  const bytes = bytesOf(model);
  return joined([bytes, hashOf(bytes)]);
};

/** Walks through the bytes; reading past the end is damage. */
class Cursor {
  private readonly bytes: Uint8Array;

  constructor(
    bytes: Uint8Array,
    private at: number,
  ) {
    // A Buffer's own `slice` would share its memory, and with it everything around.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(length: number): Uint8Array {
    if (!(length >= 0) || this.at + length > this.bytes.length) throw damaged('cut off');
    return this.bytes.slice(this.at, (this.at += length));
  }

  ascending(length: number): Uint32Array {
    const list = new Uint32Array(length);
    let value = 0;
    for (let i = 0; i < length; i++) {
      for (let factor = 1; ; factor *= 128) {
        const byte = this.bytes[this.at++];
        if (byte === undefined) throw damaged('cut off');
        value += (byte & 127) * factor;
        if (byte < 128) break;
      }
      list[i] = value;
    }
    return list;
  }

  floats(length: number): Float32Array {
    const bytes = this.take(length * 4);
    const view = new DataView(bytes.buffer);
    return Float32Array.from({ length }, (_, i) => view.getFloat32(i * 4, true));
  }
}

const damaged = (detail: string): LearnerError => new LearnerError('badModel', detail);

/**
 * @throws LearnerError `badModel` for anything that is not exactly what `modelToBytes` made,
 * `newerModel` for a later format
 */
export const modelFromBytes = (given: Uint8Array): Model => {
  // A Buffer's `slice` shares memory, an array's copies; copies are what is needed below.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length < magic.length + 4 + hashBytes) throw damaged('too short');
  if (magic.slice(0, 4).some((byte, i) => bytes[i] !== byte)) throw damaged('not a model');
  if (bytes[4]! > magic[4]!) throw new LearnerError('newerModel', `format ${bytes[4]!}`);
  const body = bytes.subarray(0, -hashBytes);
  const hash = hashOf(body);
  if (hash.some((byte, i) => bytes[body.length + i] !== byte)) throw damaged('hash differs');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor = new Cursor(body, magic.length + 4);
  const json = cursor.take(view.getUint32(magic.length, true));
  const { sizes, ...head } = JSON.parse(new TextDecoder().decode(json)) as Head;
  const [buckets, kept] = sizes;
  const labels = head.labels.length;
  return {
    version: named(hash),
    ...head,
    buckets: cursor.ascending(buckets),
    idf: cursor.take(buckets),
    kept: cursor.ascending(kept),
    codes: new Int8Array(cursor.take(kept * labels).buffer),
    scales: cursor.floats(labels),
    biases: cursor.floats(labels),
  };
};

type Head = Omit<Unnamed, 'buckets' | 'idf' | 'kept' | 'codes' | 'scales' | 'biases'> & {
  /** Lengths of `buckets` and `kept`. */
  sizes: [number, number];
};
