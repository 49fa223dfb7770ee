import mongoose from 'mongoose';
import { normalizeRaw } from '../../../../server/embedded-mongo/src/storage/writer';

const { BSON } = mongoose.mongo;
const bytes = (doc: object) => Buffer.from(BSON.serialize(doc));
const makeId = () => 'made';

describe('the bytes a document is stored as', () => {
  it('are those that came, when _id comes first', () => {
    const raw = bytes({ _id: 1, a: 'x' });
    expect(normalizeRaw(raw, makeId)).toBe(raw);
  });

  it('have _id first, made when there is none', () => {
    expect(Object.keys(BSON.deserialize(normalizeRaw(bytes({ a: 1, _id: 2 }), makeId)))).toEqual([
      '_id',
      'a',
    ]);
    expect(BSON.deserialize(normalizeRaw(bytes({ a: 1 }), makeId))).toEqual({ _id: 'made', a: 1 });
  });

  it('are refused when they are no proper BSON', () => {
    const raw = bytes({ _id: 1, a: 'text' });
    const at = raw.indexOf('text');
    const longer = Buffer.from(raw);
    longer.writeInt32LE(500, at - 4);
    const noText = Buffer.from(raw);
    noText[at] = 0xff;
    const unknown = Buffer.from(raw);
    unknown[at - 7] = 0x55;
    for (const damaged of [longer, noText, unknown, raw.subarray(0, raw.length - 3)])
      expect(() => normalizeRaw(damaged, makeId)).toThrow(
        expect.objectContaining({ code: 22, codeName: 'InvalidBSON' }) as Error,
      );
  });
});
