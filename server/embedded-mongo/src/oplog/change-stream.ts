import { Timestamp } from 'bson';
import { encodeDocument } from '../bson/encode';
import { decodeDocument } from '../bson/decode';
import type { Document } from '../bson/types';
import { isDocument, RawDocument, inspect } from '../bson/types';
import { MongoError, badValue, unsupported } from '../errors';
import { compileFilter } from '../query/matcher';
import type { OplogEntry, Oplog } from './oplog';
import { clusterTimeOf } from './oplog';

/** Later stages of the pipeline, as a function over change events. */
export type StreamStages = (events: Document[]) => Document[];

/** What a stream needs to look up current documents. */
export type LookUp = (ns: string, id: unknown) => Buffer | undefined;

/** One open change stream: a position in the oplog, a namespace filter and pipeline stages. */
export class ChangeStream {
  private closedByDrop = false;

  constructor(
    private readonly oplog: Oplog,
    private readonly lookUp: LookUp,
    readonly ns: string,
    private readonly watches: (ns: string) => boolean,
    private readonly fullDocument: string,
    private readonly stages: StreamStages | undefined,
    /** Position up to which the stream has been read. */
    private position: number,
  ) {}

  /** True once the watched collection was dropped or renamed. */
  get invalidated(): boolean {
    return this.closedByDrop;
  }

  /** Token of the last position looked at, so that quiet streams can be resumed, too. */
  get resumeToken(): Document {
    return { _data: token(this.position) };
  }

  /** The next events, encoded; empty when there is nothing new. */
  read(max: number): Buffer[] {
    const events: Document[] = [];
    for (const entry of this.oplog.after(this.position)) {
      this.position = entry.seq;
      if (!this.watches(entry.ns)) continue;
      events.push(this.event(entry));
      if (this.invalidates(entry)) {
        events.push({
          _id: { _data: token(entry.seq) },
          operationType: 'invalidate',
          clusterTime: clusterTimeOf(entry.time, entry.seq),
          wallTime: new Date(entry.time),
        });
        this.closedByDrop = true;
        break;
      }
      if (events.length >= max) break;
    }
    if (!events.length) return [];
    const out = this.stages ? this.stages(events) : events;
    return out.map(encodeDocument);
  }

  private invalidates(entry: OplogEntry): boolean {
    const ends = entry.kind === 'drop' || entry.kind === 'rename' || entry.kind === 'dropDatabase';
    return ends && entry.ns === this.ns.replace(/\.\$cmd\.aggregate$/, '');
  }

  private event(entry: OplogEntry): Document {
    const dot = entry.ns.indexOf('.');
    const event: Document = {
      _id: { _data: token(entry.seq) },
      operationType: entry.kind,
      clusterTime: clusterTimeOf(entry.time, entry.seq),
      wallTime: new Date(entry.time),
      ns:
        dot < 0 ? { db: entry.ns } : { db: entry.ns.slice(0, dot), coll: entry.ns.slice(dot + 1) },
    };
    if (entry.to) {
      const at = entry.to.indexOf('.');
      event.to = { db: entry.to.slice(0, at), coll: entry.to.slice(at + 1) };
    }
    if (entry.id !== undefined) event.documentKey = { _id: entry.id };
    if (entry.kind === 'insert' || entry.kind === 'replace') {
      if (entry.raw) event.fullDocument = this.embed(entry.raw);
    } else if (entry.kind === 'update') {
      event.updateDescription = {
        updatedFields: entry.updated ?? {},
        removedFields: entry.removed ?? [],
        truncatedArrays: [],
      };
      if (this.fullDocument === 'updateLookup') {
        const raw = this.lookUp(entry.ns, entry.id);
        event.fullDocument = raw ? this.embed(raw) : null;
      }
    }
    return event;
  }

  /** Stages need the decoded document, the wire does not. */
  private embed(raw: Buffer): unknown {
    return this.stages ? decodeDocument(raw) : new RawDocument(raw);
  }
}

/** Resume tokens are the position in hexadecimal, so that they also sort as strings. */
export function token(position: number): string {
  return position.toString(16).padStart(16, '0').toUpperCase();
}

function positionOf(resume: unknown): number {
  const data = isDocument(resume) ? resume._data : undefined;
  if (typeof data !== 'string' || !/^[0-9A-F]{16}$/.test(data))
    throw new MongoError(260, 'InvalidResumeToken', 'Resume token not found or malformed');
  return parseInt(data, 16);
}

/**
 * Where a new stream starts.
 * @throws ChangeStreamHistoryLost 286 when the log no longer reaches back that far.
 */
export function startPosition(stage: Document, oplog: Oplog): number {
  const resume = stage.resumeAfter ?? stage.startAfter;
  let position: number;
  if (resume !== undefined) position = positionOf(resume);
  else if (stage.startAtOperationTime instanceof Timestamp)
    position = oplog.positionBefore(stage.startAtOperationTime);
  else return oplog.durable;
  if (position < oplog.oldest - 1 || position > oplog.durable)
    throw new MongoError(
      286,
      'ChangeStreamHistoryLost',
      'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
      {},
      ['NonResumableChangeStreamError'],
    );
  return position;
}

const FULL_DOCUMENT = new Set(['default', 'updateLookup']);

/** Checks the `$changeStream` stage. @returns the fullDocument mode. */
export function fullDocumentMode(stage: Document): string {
  const mode = stage.fullDocument ?? 'default';
  if (typeof mode !== 'string') throw badValue('fullDocument must be a string');
  if (!FULL_DOCUMENT.has(mode)) throw unsupported(`fullDocument: '${mode}'`);
  const before = stage.fullDocumentBeforeChange;
  if (before !== undefined && before !== 'off')
    throw unsupported(`fullDocumentBeforeChange: '${inspect(before)}'`);
  return mode;
}

/** `$match` stages alone need no aggregation engine. */
export function matchStages(pipeline: readonly Document[]): StreamStages | undefined {
  const matchers = pipeline.map((stage) => {
    const keys = Object.keys(stage);
    return keys.length === 1 && keys[0] === '$match' ? compileFilter(stage.$match) : undefined;
  });
  if (matchers.some((m) => !m)) return undefined;
  return (events) => events.filter((event) => matchers.every((m) => m!(event)));
}
