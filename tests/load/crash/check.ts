import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import type { Actor, Doc, Link } from './actor';
import { Builder } from './builders';
import type { Findings } from './findings';
import type { Replica } from './replica';
import type { Bank } from './transactions';

/** Everything stored, by `collection/_id`, in natural order. */
async function readAll(db: mongo.Db): Promise<Map<string, Doc>> {
  const stored = new Map<string, Doc>();
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name);
  for (const name of names.sort())
    for await (const doc of db.collection<Doc>(name).find().hint({ $natural: 1 }))
      stored.set(`${name}/${doc._id}`, doc);
  return stored;
}

/** Does a document belong into an index? Knows only what this test's indexes use. */
function indexed(spec: mongo.IndexDescriptionInfo, doc: Doc): boolean {
  const { partialFilterExpression: partial, sparse, key } = spec;
  if (partial)
    return Object.entries(partial as Record<string, { $gt: number }>).every(
      ([field, { $gt }]) => typeof doc[field] === 'number' && doc[field] > $gt,
    );
  return !sparse || Object.keys(key).some((field) => doc[field] !== undefined);
}

/** Reads through one index, and what it says about entries without a document. */
async function checkIndex(
  collection: mongo.Collection<Doc>,
  spec: mongo.IndexDescriptionInfo,
  docs: readonly Doc[],
  findings: Findings,
): Promise<void> {
  const where = `${collection.collectionName} ${spec.name}`;
  const field = Object.keys(spec.key)[0]!;
  const filter = (spec.partialFilterExpression ??
    (spec.sparse ? { [field]: { $exists: true } } : {})) as mongo.Filter<Doc>;
  const hint = spec.name!;
  const scanned = await collection.find(filter, { hint }).toArray();
  const wanted = docs.filter((doc) => indexed(spec, doc));
  const byId = (list: readonly Doc[]) => new Map(list.map((d) => [d._id, d]));
  if (scanned.length !== wanted.length || !isDeepStrictEqual(byId(scanned), byId(wanted)))
    findings.add('indexes', `${where} finds ${scanned.length} of ${wanted.length} documents`);
  // Counted from the entries alone: one that points nowhere would be counted, too.
  const sample = wanted.find((d) => ['string', 'number'].includes(typeof d[field]));
  if (!sample || spec.sparse || spec.partialFilterExpression) return;
  const value = sample[field] as string | number;
  const counted = await collection.countDocuments({ [field]: value }, { hint });
  const have = wanted.filter((d) => d[field] === value).length;
  if (counted !== have)
    findings.add('indexes', `${where} counts ${counted} of ${have} with ${value}`);
}

async function checkIndexes(
  db: mongo.Db,
  stored: ReadonlyMap<string, Doc>,
  findings: Findings,
): Promise<void> {
  for (const [name, entries] of groups(stored)) {
    const collection = db.collection<Doc>(name);
    const docs = entries.map(([, doc]) => doc);
    for (const spec of await collection.indexes())
      await checkIndex(collection, spec, docs, findings);
    const counted = await collection.estimatedDocumentCount();
    if (counted !== docs.length)
      findings.add('indexes', `${name} says ${counted} documents and has ${docs.length}`);
    await validate(db, name, findings);
  }
}

function groups(stored: ReadonlyMap<string, Doc>): Map<string, [string, Doc][]> {
  const out = new Map<string, [string, Doc][]>();
  for (const entry of stored) {
    const name = entry[0].split('/')[0]!;
    const known = out.get(name);
    if (known) known.push(entry);
    else out.set(name, [entry]);
  }
  return out;
}

/** MongoDB's own check of a collection, where the server has it. */
async function validate(db: mongo.Db, name: string, findings: Findings): Promise<void> {
  try {
    const report = await db.command({ validate: name, full: true });
    if (!report['valid'])
      findings.add('indexes', `${name} is invalid: ${JSON.stringify(report['errors'])}`);
  } catch (error) {
    if ((error as { code?: number }).code !== 59) throw error;
  }
}

/** Until every perishable document is gone: what is compared must hold still. */
async function outlive(db: mongo.Db, findings: Findings): Promise<void> {
  const passing = { stays: { $exists: false } };
  const late = Date.now() + 30_000;
  while (await db.collection<Doc>('ttl').findOne(passing)) {
    if (Date.now() > late) {
      findings.add('errors', 'an expired document is still there after thirty seconds');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Everything {
  readonly actors: readonly Actor[];
  readonly bank: Bank;
  readonly replica: Replica;
  readonly findings: Findings;
}

/** Nobody writes now: what is stored against what was acknowledged, told and indexed. */
export async function checkAll(link: Link, all: Everything, mark: string): Promise<void> {
  const { actors, findings, replica } = all;
  for (const actor of actors) if (actor instanceof Builder) await actor.checkIndexes(link);
  await outlive(link.db, findings);
  await replica.catchUp(link.db, mark);
  const stored = await readAll(link.db);
  const owned = new Map<string, Map<string, Doc>>();
  for (const [key, doc] of stored) {
    const owner = doc._id.split(':')[0]!;
    let docs = owned.get(owner);
    if (!docs) owned.set(owner, (docs = new Map()));
    docs.set(key, doc);
  }
  for (const actor of actors) {
    actor.check(owned.get(actor.name) ?? new Map<string, Doc>());
    replica.checkActor(actor);
  }
  all.bank.check([...(owned.get('account')?.values() ?? [])], findings);
  replica.checkCopy(stored);
  await checkIndexes(link.db, stored, findings);
}
