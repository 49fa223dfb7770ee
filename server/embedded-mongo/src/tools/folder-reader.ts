import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Document } from '../bson/types';
import { indexDocument } from '../commands/indexes';
import { checkEveryPage } from '../storage/check-data-file';
import type { Collection } from '../storage/catalog';
import { treePrefix } from '../storage/keys';
import type { Snapshot } from '../storage/lmdb-store';
import { LmdbStore } from '../storage/lmdb-store';
import { folderOwner } from '../storage/lock-file';
import { readCatalog } from '../storage/stored-catalog';
import type { CollectionReport } from '../storage/validate';
import { validateCollection } from '../storage/validate';
import { StoredView } from '../storage/view';

/** A collection as a tool sees it: everything needed to make it anew elsewhere. */
export interface StoredCollection {
  /** `database.collection` */
  readonly ns: string;
  /** Documents, as the catalogue counts them. */
  readonly count: number;
  readonly options: Document;
  /** As `listIndexes` shows them, `_id_` first. */
  readonly indexes: readonly Document[];
}

/** What a full check of a folder found. */
export interface FolderReport {
  readonly pages: number;
  readonly collections: readonly CollectionReport[];
  /** Findings, one line each; empty when everything is sound. */
  readonly errors: readonly string[];
}

/**
 * Reads a data folder beside the process that serves it, or without one: one fixed state of
 * everything, whatever is written meanwhile.
 */
export class FolderReader {
  private readonly store: LmdbStore;
  private readonly snapshot: Snapshot;
  private readonly catalogue: Collection[];
  private readonly hadReaders: boolean;

  /** @throws DataFolderError */
  constructor(private readonly folder: string) {
    this.hadReaders = folderOwner(folder) !== undefined;
    this.store = new LmdbStore(folder, { readOnly: true });
    this.snapshot = this.store.snapshot();
    this.catalogue = readCatalog(this.store, this.snapshot).collections;
  }

  collections(): StoredCollection[] {
    return this.catalogue
      .map((c) => ({
        ns: c.ns,
        count: c.count,
        options: c.options,
        indexes: c.indexes.map(indexDocument),
      }))
      .sort((a, b) => (a.ns < b.ns ? -1 : 1));
  }

  /** The documents of a collection as BSON, in the order they were inserted. */
  *documents(ns: string): Generator<Buffer> {
    const collection = this.catalogue.find((c) => c.ns === ns);
    if (!collection) return;
    const [start, end] = [treePrefix(collection.id), treePrefix(collection.id + 1)];
    for (const { value } of this.store.range('docs', start, end, false, this.snapshot)) yield value;
  }

  /** Counted, not as the catalogue says. */
  countDocuments(ns: string): number {
    let n = 0;
    for (const _ of this.documents(ns)) n++;
    return n;
  }

  /** Copies the file into a folder that exists. What is written meanwhile is not in the copy. */
  copyTo(folder: string): Promise<void> {
    return this.store.copyTo(folder);
  }

  /** Checks every document and every index entry. */
  validate(): { collections: CollectionReport[]; errors: string[] } {
    const collections = this.catalogue.map((collection) => {
      const work = validateCollection(new StoredView(this.store, 0, this.snapshot), collection);
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
      }
    });
    const errors = collections.flatMap((c) => c.errors.map((line) => `${c.ns}: ${line}`));
    return { collections, errors };
  }

  async close(): Promise<void> {
    this.snapshot.release();
    await this.store.close();
    // The table of readers is worth nothing without somebody who has the folder open.
    if (!this.hadReaders && folderOwner(this.folder) === undefined)
      rmSync(path.join(this.folder, 'lock.mdb'), { force: true });
  }
}

/**
 * Checks a folder completely: its pages (before LMDB maps them), then every document and index
 * entry. Changes nothing. The pages of a folder that is being served cannot be walked through; then
 * only documents and entries are checked.
 * @throws DataFolderError when the folder cannot even be opened
 */
export async function checkFolder(folder: string): Promise<FolderReport> {
  let pages = 0;
  if (folderOwner(folder) === undefined) {
    const walk = checkEveryPage(folder);
    if (walk.errors.length) return { pages: walk.pages, collections: [], errors: walk.errors };
    pages = walk.pages;
  }
  const reader = new FolderReader(folder);
  try {
    return { pages, ...reader.validate() };
  } finally {
    await reader.close();
  }
}
