import { TestDatabase } from '../support';

const COUNT = 6000;
interface Doc {
  _id: number;
  n: number;
}

const database = new TestDatabase();
const collection = () => database.db.collection<Doc>('docs');

beforeAll(() => database.start());
afterAll(() => database.stop());
beforeEach(async () => {
  await database.db.dropDatabase();
  await collection().insertMany(Array.from({ length: COUNT }, (_, i) => ({ _id: i, n: i })));
});

const byIndex = (hint: object) =>
  collection()
    .find({ n: { $gte: -1e9 } })
    .hint(hint)
    .sort({ n: 1, _id: 1 })
    .toArray();

describe('an index of a large collection', () => {
  it('is right though documents come, change and go while it is built', async () => {
    let building = true;
    const built = collection()
      .createIndex({ n: 1, _id: 1 })
      .finally(() => (building = false));
    let i = 0;
    while (building) {
      await collection().insertOne({ _id: COUNT + i, n: -i });
      await collection().updateOne({ _id: (i * 97) % COUNT }, { $inc: { n: 100_000 } });
      await collection().deleteOne({ _id: (i * 89 + 1) % COUNT });
      i++;
    }
    await built;
    expect(i).toBeGreaterThan(0);
    expect(await byIndex({ n: 1, _id: 1 })).toEqual(await byIndex({ $natural: 1 }));
    expect(await database.db.command({ validate: 'docs', full: true })).toMatchObject({
      valid: true,
    });
    const explained = await collection().find({ n: 5 }).explain('queryPlanner');
    expect(JSON.stringify(explained)).toContain('IXSCAN');
  });

  it('is given up when it cannot be unique, and can be built when it can', async () => {
    await collection().insertOne({ _id: COUNT, n: 17 });
    const build = () => collection().createIndex({ n: 1 }, { unique: true });
    await expect(build()).rejects.toMatchObject({ code: 11000, keyValue: { n: 17 } });
    expect(await collection().indexes()).toHaveLength(1);
    await collection().deleteOne({ _id: COUNT });
    await build();
    await expect(collection().insertOne({ _id: COUNT, n: 17 })).rejects.toMatchObject({
      code: 11000,
    });
  });

  it('exists for everybody only when it is ready', async () => {
    await Promise.all(Array.from({ length: 4 }, () => collection().createIndex({ n: -1 })));
    expect(await byIndex({ n: -1 })).toHaveLength(COUNT);
    expect(await collection().indexes()).toHaveLength(2);
  });

  it('ends with the collection', async () => {
    const build = collection().createIndex({ n: 1 });
    const outcome = build.then(
      () => 'built',
      (error: { code: number }) => error.code,
    );
    await collection().drop();
    expect(['built', 276]).toContain(await outcome);
    expect(await collection().countDocuments()).toBe(0);
  });
});
