import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

/** Values keep their BSON type: no number, date or binary becomes a JS primitive on the way. */
const lossless = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** A document for the driver that becomes the very same bytes again. */
export type Portable = Record<string, unknown> | Map<string, unknown>;

/**
 * Makes the document whose bytes these are. Objects put field names that look like numbers first;
 * only documents that have such names become maps, which keep the order.
 * @throws Error when neither gives the same bytes
 */
export const portable = (raw: Buffer): Portable => {
  const plain = BSON.deserialize(raw, lossless);
  if (same(plain, raw)) return plain;
  const ordered = orderedMap(raw);
  if (same(ordered, raw)) return ordered;
  throw new Error('a document with values only old drivers could write');
};

const same = (document: object, raw: Buffer): boolean =>
  raw.equals(BSON.serialize(document, { ignoreUndefined: false }));

/** Field by field: each is cut out and decoded on its own. */
const orderedMap = (raw: Buffer): Map<string, unknown> => {
  const map = new Map<string, unknown>();
  for (const element of BSON.onDemand.parseToElements(raw)) {
    const [type, nameOffset, nameLength, offset, length] = element;
    const name = raw.toString('utf8', nameOffset, nameOffset + nameLength);
    map.set(name, valueOf(type, raw.subarray(offset, offset + length)));
  }
  return map;
};

const valueOf = (type: number, bytes: Buffer): unknown => {
  if (type === 3) return orderedMap(bytes);
  if (type === 4) return [...orderedMap(bytes).values()];
  // A document of this one value, for the driver's own reader.
  const whole = Buffer.alloc(bytes.length + 8);
  whole.writeInt32LE(whole.length, 0);
  whole[4] = type;
  whole.write('v', 5);
  bytes.copy(whole, 7);
  return BSON.deserialize(whole, lossless).v;
};
