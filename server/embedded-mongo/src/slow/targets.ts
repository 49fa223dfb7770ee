import { Binary } from 'bson';
import type { Document } from '../bson/types';
import type { Command, CommandContext } from '../commands/context';
import { extractNear } from '../geo/geo-query';
import { parseCollation } from '../query/collation';
import type { FindOptions, Match } from '../query/find';
import { accepts, findMatches } from '../query/find';
import { compileFilter } from '../query/matcher';
import { TooSlow } from '../query/work';
import { documentKey } from '../storage/keys';

/** Documents changed in one turn of the event loop. */
const CHUNK = 500;

/** What a write looks for. */
export interface Search {
  readonly ns: string;
  readonly filter: Document;
  readonly options: FindOptions;
}

/** Thrown by a write that would look too long: the search is to be done on the read thread. */
export class SearchElsewhere extends Error {
  constructor(readonly search: Search) {
    super('the write looks too long for its documents');
  }
}

/** Thrown between two portions of a write to many documents; those before it are done. */
export class NextTurn extends Error {
  constructor() {
    super('the write goes on in the next turn');
  }
}

/** Record ids found elsewhere, taken in portions. Others may have changed the documents since. */
export class Targets {
  private at = 0;
  private taken = 0;

  constructor(private readonly rids: Float64Array) {}

  /** True when the search found any, whether they still match or not. */
  get found(): boolean {
    return this.rids.length > 0;
  }

  get more(): boolean {
    return this.at < this.rids.length;
  }

  /** The portion taken last has been written; until then a write that is undone takes it again. */
  written(): void {
    this.at += this.taken;
    this.taken = 0;
  }

  /** The next portion, as far as it still matches. */
  take(context: CommandContext, { ns, filter, options }: Search): Match[] {
    const collection = context.engine.catalog.get(ns);
    if (!collection) {
      this.at = this.rids.length;
      return [];
    }
    const matcher = compileFilter(extractNear(filter)?.rest ?? filter, options);
    const portion = this.rids.subarray(this.at, this.at + CHUNK);
    this.taken = portion.length;
    const matches: Match[] = [];
    for (const rid of portion) {
      const raw = context.unit.view.get('docs', documentKey(collection.id, rid));
      if (raw && accepts(matcher, raw)) matches.push({ rid, raw });
    }
    return matches;
  }
}

/**
 * The documents a write is about. Looks for them itself as long as that is quick.
 * @throws SearchElsewhere
 */
export function findForWrite(context: CommandContext, search: Search): Match[] {
  const { engine, unit, work, targets } = context;
  if (targets) {
    const wanted = targets.more;
    const matches = targets.take(context, search);
    // The one document there was has changed: look again.
    if (wanted && !matches.length && search.options.limit === 1) throw new SearchElsewhere(search);
    return matches;
  }
  const { ns, filter, options } = search;
  try {
    return [...findMatches(unit.view, engine.catalog.get(ns), filter, { ...options, work })];
  } catch (error) {
    throw error instanceof TooSlow ? new SearchElsewhere(search) : error;
  }
}

/** A search as a command for the read thread. */
export function targetsBody({ ns, filter, options }: Search): Document {
  const dot = ns.indexOf('.');
  const { sort, limit, hint, variables, collation } = options;
  return {
    _targets: ns.slice(dot + 1),
    $db: ns.slice(0, dot),
    filter,
    sort,
    limit,
    hint,
    variables,
    collation: collation?.spec,
  };
}

/** The thread's answer as targets. */
export function readTargets(reply: Document): Targets {
  const { buffer, position } = reply.rids as Binary;
  const bytes = new Uint8Array(buffer.subarray(0, position));
  return new Targets(new Float64Array(bytes.buffer));
}

/** Answers a {@link targetsBody}; known to the read thread only. */
export const targetsCommand: Command = {
  kind: 'read',
  run({ engine, body, db, reader, work }) {
    const collection = engine.catalog.get(`${db}.${body._targets as string}`);
    const options = {
      sort: body.sort,
      limit: body.limit as number | undefined,
      hint: body.hint,
      variables: body.variables as Document | undefined,
      collation: parseCollation(body.collation),
      work,
    };
    const rids: number[] = [];
    for (const { rid } of findMatches(reader, collection, body.filter as Document, options))
      rids.push(rid);
    return { rids: new Binary(Buffer.from(new Float64Array(rids).buffer)), ok: 1 };
  },
};
