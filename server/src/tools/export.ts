import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import {
  encodeDocument,
  FolderReader,
  toExtendedJson,
  type StoredCollection,
} from '@alley-chief/embedded-mongo';
import { namesIn, sync } from './files';
import { ToolError } from './failure';

/** One collection that was written. */
export interface Exported {
  ns: string;
  documents: number;
}

/**
 * Writes each collection as canonical Extended JSON, one document a line, beside a file with its
 * indexes and options: `TO/<database>/<collection>.json` and `.metadata.json`. All of it is one
 * state of the data, whatever is written meanwhile.
 * @throws ToolError when the folder has something in it
 */
export const exportAll = async (
  folder: string,
  to: string,
  progress: (done: Exported) => void,
): Promise<Exported[]> => {
  if ((await namesIn(to)).length)
    throw new ToolError(`${to} 里已经有东西，换一个空目录`, 'notEmpty');
  const partial = `${to}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const reader = new FolderReader(folder);
  try {
    const all: Exported[] = [];
    for (const collection of reader.collections()) {
      const done = await exportOne(reader, collection, partial);
      all.push(done);
      progress(done);
    }
    await rm(to, { recursive: true, force: true });
    await rename(partial, to);
    return all;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await reader.close();
  }
};

const exportOne = async (
  reader: FolderReader,
  { ns, options, indexes }: StoredCollection,
  to: string,
): Promise<Exported> => {
  const dot = ns.indexOf('.');
  const [database, name] = [ns.slice(0, dot), ns.slice(dot + 1)];
  const base = path.join(to, encodeURIComponent(database), encodeURIComponent(name));
  await mkdir(path.dirname(base), { recursive: true, mode: 0o700 });
  const metadata = { indexes, collectionName: name, type: 'collection', options };
  const text = toExtendedJson(encodeDocument(metadata));
  await writeFile(`${base}.metadata.json`, `${text}\n`, { mode: 0o600 });
  const out = createWriteStream(`${base}.json`, { mode: 0o600 });
  // An error while nobody waits for the stream must not end the process.
  let failure: Error | undefined;
  out.on('error', (error) => (failure = error));
  let documents = 0;
  for (const raw of reader.documents(ns)) {
    if (failure) throw failure;
    if (!out.write(`${toExtendedJson(raw)}\n`)) await once(out, 'drain');
    documents++;
  }
  out.end();
  await once(out, 'close');
  if (failure) throw failure;
  await sync(`${base}.json`);
  return { ns, documents };
};
