import type { TestDatabase } from '../support';
import { ObjectId } from '../support';

export type Fields = Record<string, unknown>;

/** A collection of its own, whose documents may have any field. */
export const fresh = (database: TestDatabase) =>
  database.db.collection<any>(`u${new ObjectId().toHexString()}`);

/** Applies an update to one document with `_id: 1` and gives the rest of the result. */
export async function updateOne(
  database: TestDatabase,
  doc: Fields,
  update: object,
  filter: Fields = {},
  options: object = {},
): Promise<Fields> {
  const collection = fresh(database);
  await collection.insertOne({ _id: 1, ...doc });
  await collection.updateOne({ _id: 1, ...filter }, update, options);
  const found = (await collection.findOne({ _id: 1 }, { promoteValues: false })) as Fields;
  delete found._id;
  return plain(found) as Fields;
}

/** Int32 as a number, everything else with its type: 5, 5.0 and Long 5 stay apart. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const tagged = value as { _bsontype?: string; value?: number; toString(): string };
  if (tagged._bsontype === 'Int32') return tagged.value;
  if (tagged._bsontype === 'Double') return `${tagged.value} double`;
  if (tagged._bsontype) return `${tagged.toString()} ${tagged._bsontype}`;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plain(v)]));
}
