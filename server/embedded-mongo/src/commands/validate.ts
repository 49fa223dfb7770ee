import type { Document } from '../bson/types';
import type { Engine } from '../engine';
import { MongoError, unsupported } from '../errors';
import { readCatalog } from '../storage/stored-catalog';
import type { CollectionReport } from '../storage/validate';
import { validateCollection } from '../storage/validate';
import { StoredView } from '../storage/view';
import type { Command } from './context';
import { namespace } from './context';

/** Milliseconds of checking after which others get their turn. */
const SLICE_MS = 10;

/**
 * MongoDB's `validate`, always in full. It checks a snapshot of what is on disk, so writes go on
 * meanwhile and do not disturb it.
 */
const validate: Command = {
  kind: 'read',
  async run(context) {
    const { engine, body } = context;
    for (const option of ['repair', 'fixMultikey'])
      if (body[option] === true) throw unsupported(`validate with '${option}'`);
    const ns = namespace(context, body.validate);
    const report = await inSlices(engine, ns);
    const valid = report.errors.length === 0;
    return {
      ns,
      nInvalidDocuments: report.nInvalidDocuments,
      nNonCompliantDocuments: 0,
      nrecords: report.nrecords,
      nIndexes: Object.keys(report.keysPerIndex).length,
      keysPerIndex: report.keysPerIndex,
      indexDetails: indexDetails(report),
      valid,
      repaired: false,
      warnings: [],
      errors: report.errors,
      extraIndexEntries: [],
      missingIndexEntries: [],
      corruptRecords: [],
      ...(valid ? {} : { advice: 'Restore a backup; nothing has been changed.' }),
      ok: 1,
    };
  },
};

function indexDetails({ keysPerIndex, damagedIndexes }: CollectionReport): Document {
  const names = Object.keys(keysPerIndex);
  return Object.fromEntries(names.map((name) => [name, { valid: !damagedIndexes.has(name) }]));
}

async function inSlices(engine: Engine, ns: string): Promise<CollectionReport> {
  const snapshot = engine.store.snapshot();
  try {
    const { collections } = readCatalog(engine.store, snapshot);
    const collection = collections.find((c) => c.ns === ns);
    if (!collection)
      throw new MongoError(
        26,
        'NamespaceNotFound',
        `Collection '${ns}' does not exist to validate.`,
      );
    const work = validateCollection(new StoredView(engine.store, 0, snapshot), collection);
    for (;;) {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        const step = work.next();
        if (step.done) return step.value;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    snapshot.release();
  }
}

export const validateCommands: Record<string, Command> = { validate };
