import { compareValues } from '../bson/compare';
import { decodeDocument, decodeFields } from '../bson/decode';
import { encodeDocument } from '../bson/encode';
import { toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { failedToParse, unsupported } from '../errors';
import { parseCollation } from '../query/collation';
import type { FindOptions } from '../query/find';
import { countMatches, findMatches } from '../query/find';
import { flatValues } from '../query/paths';
import type { Projection } from '../query/projection';
import { PAUSE } from '../query/scan';
import type { Work } from '../query/work';
import { compileProjection } from '../query/projection';
import type { Command, CommandContext } from './context';
import { count, documentOr, namespace } from './context';
import { refuseUnknownFields } from './known-fields';

/** Encoded results, projected. */
function* results(matches: Iterable<{ raw: Buffer }>, projection: Projection | undefined) {
  for (const match of matches)
    yield projection && match !== PAUSE
      ? encodeDocument(projection(decodeDocument(match.raw)))
      : match.raw;
}

/** Find options of a find-like command. */
export function findOptions(body: Document, work?: Work): FindOptions {
  return {
    collation: parseCollation(body.collation),
    sort: body.sort,
    skip: count(body.skip, 'skip') ?? 0,
    // A negative limit means "this many, in one batch".
    limit: Math.abs(toDouble(body.limit ?? 0)),
    hint: body.hint,
    variables: body.let as Document | undefined,
    work,
  };
}

const find: Command = {
  kind: 'read',
  inTransaction: true,
  run(context) {
    const { engine, body, transaction, work } = context;
    const ns = namespace(context, body.find);
    refuseUnknownFields('find', body);
    if (body.awaitData && !body.tailable)
      throw failedToParse("Cannot set 'awaitData' without also setting 'tailable'");
    if (body.tailable) throw unsupported('tailable cursors');
    for (const option of ['min', 'max', 'returnKey', 'showRecordId'])
      if (body[option]) throw unsupported(`the find option '${option}'`);
    const filter = documentOr(body.filter, 'filter');
    const options = findOptions(body, work);
    const projection = compileProjection(body.projection, filter, options);
    const view = context.reader;
    const matches = findMatches(view, engine.catalog.get(ns), filter, options);
    const encoded = results(matches, projection);
    return {
      cursor: engine.cursors.first(ns, view.stable ? encoded : [...encoded], {
        batchSize: count(body.batchSize, 'batchSize'),
        singleBatch: body.singleBatch === true || toDouble(body.limit ?? 0) < 0,
        session: transaction && context.session,
        work,
      }),
      ok: 1,
    };
  },
};

const countCommand: Command = {
  kind: 'read',
  run(context) {
    const { engine, body } = context;
    const collection = engine.catalog.get(namespace(context, body.count));
    refuseUnknownFields('count', body);
    const filter = documentOr(body.query, 'query');
    const options = findOptions(body, context.work);
    const everything = !Object.keys(filter).length && !options.hint;
    let n: number;
    if (everything) {
      n = Math.max(0, (collection?.count ?? 0) - (options.skip ?? 0));
      if (options.limit) n = Math.min(n, options.limit);
    } else n = countMatches(context.reader, collection, filter, options);
    return { n, ok: 1 };
  },
};

const distinct: Command = {
  kind: 'read',
  inTransaction: true,
  run(context) {
    const { engine, body } = context;
    const collection = engine.catalog.get(namespace(context, body.distinct));
    refuseUnknownFields('distinct', body);
    const parts = String(body.key).split('.');
    const wanted = new Set([parts[0]!]);
    const values: unknown[] = [];
    const collation = parseCollation(body.collation);
    const view = context.reader;
    const filter = documentOr(body.query, 'query');
    const options = { hint: body.hint, collation, work: context.work };
    for (const { raw } of findMatches(view, collection, filter, options))
      for (const value of flatValues(decodeFields(raw, wanted), parts))
        if (value !== undefined) values.push(value);
    const order = (a: unknown, b: unknown) => compareValues(a, b, collation);
    values.sort(order);
    const unique = values.filter((v, i) => i === 0 || order(v, values[i - 1]) !== 0);
    return { values: unique, ok: 1 };
  },
};

export const readCommands: Record<string, Command> = { find, count: countCommand, distinct };

/** Runs a find and returns decoded documents (for aggregation and `$lookup`). */
export function findDocuments(
  context: CommandContext,
  ns: string,
  filter: Document,
  options: FindOptions = {},
): Document[] {
  const { engine, reader, work } = context;
  const out: Document[] = [];
  for (const { raw } of findMatches(reader, engine.catalog.get(ns), filter, { ...options, work }))
    out.push(decodeDocument(raw));
  return out;
}
