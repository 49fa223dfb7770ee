import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import { RawDocument } from '../bson/types';
import { MongoError } from '../errors';
import type { OplogEntry } from './oplog';
import { clusterTimeOf, splitNamespace } from './oplog';
import { token } from './resume-token';
import type { StreamOptions } from './stream-options';

/** What a stream needs to look up current documents. */
export type LookUp = (ns: string, id: unknown) => Buffer | undefined;

/** Kinds only streams with `showExpandedEvents` see. */
const EXPANDED = new Set(['create', 'createIndexes', 'dropIndexes', 'modify']);

export const isShown = ({ kind }: OplogEntry, { expanded }: StreamOptions): boolean =>
  expanded || !EXPANDED.has(kind);

/**
 * A log entry as the event a change stream shows.
 * @param decoded embed documents decoded (pipeline stages need that, the wire does not)
 * @throws NoMatchingDocument 47 when a required image is missing
 */
export function changeEvent(
  entry: OplogEntry,
  options: StreamOptions,
  lookUp: LookUp,
  decoded: boolean,
): Document {
  const embed = (raw: Buffer | undefined) =>
    raw && (decoded ? decodeDocument(raw) : new RawDocument(raw));
  const { kind, expanded } = { kind: entry.kind, expanded: options.expanded };
  const event: Document = {
    _id: { _data: token(entry.seq) },
    operationType: kind,
    clusterTime: clusterTimeOf(entry.time, entry.seq),
    ...(expanded && entry.uuid ? { collectionUUID: entry.uuid } : {}),
    wallTime: new Date(entry.time),
  };
  if (kind === 'insert' || kind === 'replace') event.fullDocument = embed(entry.raw);
  else if (kind === 'update') addFullDocument(event, entry, options, lookUp, embed);
  event.ns = splitNamespace(entry.ns);
  if (entry.to) event.to = splitNamespace(entry.to);
  if (entry.id !== undefined) event.documentKey = { _id: entry.id };
  if (kind === 'update')
    event.updateDescription = {
      updatedFields: entry.updated ?? {},
      removedFields: entry.removed ?? [],
      truncatedArrays: entry.truncated ?? [],
      ...(expanded && entry.disambiguated ? { disambiguatedPaths: entry.disambiguated } : {}),
    };
  if (expanded && entry.description) event.operationDescription = entry.description;
  if (kind === 'update' || kind === 'replace' || kind === 'delete')
    addBefore(event, entry, options, embed);
  return event;
}

type Embed = (raw: Buffer | undefined) => unknown;

function addFullDocument(
  event: Document,
  entry: OplogEntry,
  { fullDocument }: StreamOptions,
  lookUp: LookUp,
  embed: Embed,
): void {
  if (fullDocument === 'default') return;
  const raw = fullDocument === 'updateLookup' ? lookUp(entry.ns, entry.id) : entry.after;
  if (!raw && fullDocument === 'required') throw missingImage('post', 'update');
  event.fullDocument = embed(raw) ?? null;
}

function addBefore(
  event: Document,
  entry: OplogEntry,
  { fullDocumentBeforeChange: mode }: StreamOptions,
  embed: Embed,
): void {
  if (mode === 'off') return;
  if (!entry.before && mode === 'required') throw missingImage('pre', 'update, delete and replace');
  event.fullDocumentBeforeChange = embed(entry.before) ?? null;
}

const missingImage = (which: string, events: string) =>
  new MongoError(
    47,
    'NoMatchingDocument',
    `Change stream was configured to require a ${which}-image for all ${events} events, but the ${which}-image was not found`,
    {},
    ['NonResumableChangeStreamError'],
  );

/** The last event of a stream whose collection or database is gone. */
export const invalidateEvent = (entry: OplogEntry): Document => ({
  _id: { _data: token(entry.seq, 'invalidation') },
  operationType: 'invalidate',
  clusterTime: clusterTimeOf(entry.time, entry.seq),
  wallTime: new Date(entry.time),
});
