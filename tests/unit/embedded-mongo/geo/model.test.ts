import fc from 'fast-check';
import { ObjectId, TestDatabase, ids } from '../support';

jest.setTimeout(120_000);

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

type Place = readonly [longitude: number, latitude: number];

const EARTH = 6_378_100;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres, by the spherical law of cosines' haversine form. */
function metres([lng1, lat1]: Place, [lng2, lat2]: Place): number {
  const half = (a: number, b: number): number => Math.sin(radians(b - a) / 2) ** 2;
  const h = half(lat1, lat2) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lng1, lng2);
  return 2 * EARTH * Math.asin(Math.sqrt(h));
}

/** A county of about 90 by 110 kilometres. */
const coordinate = (low: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((n) => low + n / 10_000);
const place: fc.Arbitrary<Place> = fc.tuple(coordinate(113), coordinate(34));
const point = (coordinates: Place) => ({ type: 'Point', coordinates });

interface Triangle {
  corners: readonly [Place, Place, Place];
}
const side = ([ax, ay]: Place, [bx, by]: Place, [px, py]: Place): number =>
  (bx - ax) * (py - ay) - (by - ay) * (px - ax);
const triangle: fc.Arbitrary<Triangle> = fc
  .tuple(place, place, place)
  .filter(([a, b, c]) => Math.abs(side(a, b, c)) > 1e-4)
  .map((corners) => ({ corners }));

/** 1 inside, -1 outside, 0 too near to an edge to say. */
function inside({ corners: [a, b, c] }: Triangle, p: Place): number {
  const turn = Math.sign(side(a, b, c));
  const sides = [side(a, b, p), side(b, c, p), side(c, a, p)].map((s) => s * turn);
  if (sides.some((s) => Math.abs(s) < 1e-6)) return 0;
  return sides.every((s) => s > 0) ? 1 : -1;
}

async function stored(places: readonly Place[], indexed: boolean) {
  const collection = database.db.collection<{ _id: number; at: unknown; kind: string }>(
    `g${new ObjectId().toHexString()}`,
  );
  if (indexed) await collection.createIndex({ at: '2dsphere', kind: 1 });
  await collection.insertMany(
    places.map((at, _id) => ({ _id, at: point(at), kind: _id % 2 ? 'odd' : 'even' })),
  );
  return collection;
}

const places = fc.array(place, { minLength: 1, maxLength: 40 });

describe('any place', () => {
  it('is found in an area exactly when it lies there', async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.array(triangle, { maxLength: 4 }),
        fc.boolean(),
        async (all, areas, indexed) => {
          const collection = await stored(all, indexed);
          for (const area of areas) {
            const [a, b, c] = area.corners;
            const $geometry = { type: 'Polygon', coordinates: [[a, b, c, a]] };
            for (const operator of ['$geoWithin', '$geoIntersects']) {
              const found = new Set(
                ids(
                  await collection.find({ at: { [operator]: { $geometry } } } as never).toArray(),
                ),
              );
              for (const [i, at] of all.entries()) {
                const where = inside(area, at);
                if (where) expect([i, found.has(i)]).toEqual([i, where > 0]);
              }
            }
          }
          await collection.drop();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is found near another by its distance, nearest first', async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        place,
        fc.integer({ min: 500, max: 60_000 }),
        async (all, centre, limit) => {
          const collection = await stored(all, true);
          const near = { $near: { $geometry: point(centre), $maxDistance: limit } };
          for (const kind of [undefined, 'even']) {
            const filter = { at: near, ...(kind ? { kind } : {}) };
            const found = ids(await collection.find(filter as never).toArray()) as number[];
            const distances = found.map((i) => metres(all[i]!, centre));
            for (let i = 1; i < distances.length; i++)
              expect(distances[i]! - distances[i - 1]!).toBeGreaterThan(-0.01);
            for (const [i, at] of all.entries()) {
              const distance = metres(at, centre);
              if (Math.abs(distance - limit) < 0.5) continue;
              const wanted = distance < limit && (!kind || i % 2 === 0);
              expect([i, found.includes(i)]).toEqual([i, wanted]);
            }
          }
          await collection.drop();
        },
      ),
      { numRuns: 40 },
    );
  });
});
