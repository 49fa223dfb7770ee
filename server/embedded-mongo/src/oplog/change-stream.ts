import { compareValues } from '../bson/compare';
import { encodeDocument } from '../bson/encode';
import type { Document } from '../bson/types';
import { inspect } from '../bson/types';
import { MongoError } from '../errors';
import { compileFilter } from '../query/matcher';
import type { LookUp } from './change-event';
import { changeEvent, invalidateEvent, isShown } from './change-event';
import type { OplogEntry, Oplog } from './oplog';
import type { StartPosition } from './resume-token';
import { checkReachable, token } from './resume-token';
import type { StreamOptions } from './stream-options';

/** Later stages of the pipeline, as a function over change events. */
export type StreamStages = (events: Document[]) => Document[];

/** Entries looked at in one go: a stream that wants few of many leaves others their turn. */
const MAX_LOOKED = 5000;

/** One open change stream: a position in the oplog, a namespace filter and pipeline stages. */
export class ChangeStream {
  /** Position up to which the stream has been read. */
  private position: number;
  /** The entry at the position ends the stream, but that has not been told yet. */
  private ending: OplogEntry | undefined;
  private ended = false;
  /** The entry at the position is one the stream has shown. */
  private shown = false;

  constructor(
    private readonly oplog: Oplog,
    private readonly lookUp: LookUp,
    readonly ns: string,
    private readonly watches: (ns: string) => boolean,
    private readonly options: StreamOptions,
    private readonly stages: StreamStages | undefined,
    start: StartPosition,
  ) {
    this.position = start.position;
    const last = start.mayInvalidate ? oplog.at(start.position) : undefined;
    if (last && watches(last.ns) && this.invalidates(last)) this.ending = last;
  }

  /** True once the watched collection was dropped or renamed, and the client told so. */
  get invalidated(): boolean {
    return this.ended;
  }

  /**
   * Token of the last position looked at, so that quiet streams can be resumed, too: the token of
   * the last event itself when nothing has come after it.
   */
  get resumeToken(): Document {
    if (this.ended) return { _data: token(this.position, 'invalidation') };
    return { _data: token(this.position, this.shown || this.ending ? 'event' : 'passed') };
  }

  /** True when more of the log can be looked at, though the last look found nothing. */
  get isBehind(): boolean {
    return !this.ended && (this.ending !== undefined || this.position < this.oplog.durable);
  }

  /**
   * The next events, encoded; empty when there is nothing new, or (see `isBehind`) not yet.
   * @throws ChangeStreamHistoryLost 286 when the stream lags behind the log,
   *   ChangeStreamFatalError 280 when a stage touched the resume token
   */
  read(max: number): Buffer[] {
    if (this.position < this.oplog.durable) checkReachable(this.position, this.oplog);
    const events: Document[] = [];
    if (!this.ending) this.collect(events, max);
    if (this.ending && events.length < max) {
      events.push(invalidateEvent(this.ending));
      this.ended = true;
    }
    if (!events.length) return [];
    return (this.stages ? this.throughStages(events) : events).map(encodeDocument);
  }

  private collect(events: Document[], max: number): void {
    let looked = 0;
    for (const entry of this.oplog.after(this.position)) {
      if (++looked > MAX_LOOKED) return;
      this.position = entry.seq;
      this.shown = this.watches(entry.ns) && isShown(entry, this.options);
      if (!this.shown) continue;
      events.push(changeEvent(entry, this.options, this.lookUp, this.stages !== undefined));
      if (this.invalidates(entry)) this.ending = entry;
      if (this.ending || events.length >= max) return;
    }
  }

  private throughStages(events: Document[]): Document[] {
    const out: Document[] = [];
    // One by one: a stage that changes the token must not go unnoticed among several.
    for (const event of events) {
      const { _id } = event;
      for (const result of this.stages!([event])) {
        if (result._id === undefined || compareValues(result._id, _id) !== 0)
          throw tokenModified(_id, result._id);
        out.push(result);
      }
    }
    return out;
  }

  private invalidates(entry: OplogEntry): boolean {
    const ends = entry.kind === 'drop' || entry.kind === 'rename' || entry.kind === 'dropDatabase';
    return ends && entry.ns === this.ns.replace(/\.\$cmd\.aggregate$/, '');
  }
}

const tokenModified = (expected: unknown, found: unknown) =>
  new MongoError(
    280,
    'ChangeStreamFatalError',
    `Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed. Expected: { "_id": ${inspect(expected)} } but found: { "_id": ${inspect(found ?? null)} }`,
    {},
    ['NonResumableChangeStreamError'],
  );

/** `$match` stages alone need no aggregation engine. */
export function matchStages(pipeline: readonly Document[]): StreamStages | undefined {
  const matchers = pipeline.map((stage) => {
    const keys = Object.keys(stage);
    return keys.length === 1 && keys[0] === '$match' ? compileFilter(stage.$match) : undefined;
  });
  if (matchers.some((m) => !m)) return undefined;
  return (events) => events.filter((event) => matchers.every((m) => m!(event)));
}
