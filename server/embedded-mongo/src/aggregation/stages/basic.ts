import type { Document } from '../../bson/types';
import { isDocument, makeDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { Long } from 'bson';
import { isNumber, toDouble } from '../../bson/numbers';
import { compileFilter } from '../../query/matcher';
import type { SortKeys } from '../../query/sort';
import { keyOrder, sortKeys } from '../../query/sort';
import { sortFields } from '../expressions/ordering';
import { located, scopeOf } from '../scope';
import type { Stage, StageCompiler, StageContext } from './stage';
import { rootOf } from './stage';
import { PAUSE_MARK } from '../source';

const match: StageCompiler = (spec, context) => {
  if (!isDocument(spec))
    throw located(15959, 'the match filter must be an expression in an object');
  // Compiled once more for each run, with the values of the variables.
  const { roots } = compileFilter(spec, { bound: context.placeholders() });
  return {
    reads: roots,
    pauses: true,
    *run(docs, variables) {
      const test = compileFilter(spec, { bound: variables });
      for (const doc of docs) if (doc === PAUSE_MARK || test(doc)) yield doc;
    },
  };
};

/** A document that a sort holds, with what is worked out of it once. */
interface Kept {
  readonly doc: Document;
  readonly bytes: number;
  readonly keys: SortKeys;
}

/** A sort; with `limit` it keeps little more than the first so many documents. */
export function sortStage(spec: unknown, context: StageContext, limit = Infinity): Stage {
  const fields = sortFields(spec);
  const byKeys = keyOrder(fields);
  const order = (a: Kept, b: Kept) => byKeys(a.keys, b.keys);
  return {
    reads: new Set(Object.keys(spec as Document).map(rootOf)),
    *run(docs) {
      const meter = context.meter('Sort');
      const kept: Kept[] = [];
      for (const doc of docs) {
        const bytes = bsonSize(doc);
        meter.add(bytes);
        kept.push({ doc, bytes, keys: sortKeys(doc, fields) });
        if (kept.length < limit * 2 + 1000) continue;
        kept.sort(order);
        for (const dropped of kept.splice(limit)) meter.release(dropped.bytes);
      }
      kept.sort(order);
      for (const { doc } of kept.slice(0, limit)) yield doc;
    },
  };
}

/** A whole number that is at least `min`. */
export function wholeNumber(value: unknown, min: number, code: number, what: string): number {
  const n = isNumber(value) ? toDouble(value) : NaN;
  if (!Number.isInteger(n))
    throw located(code, `invalid argument to ${what} stage: Expected an integer: ${String(value)}`);
  if (n < min)
    throw located(
      min > 0 ? 15958 : code,
      min > 0
        ? 'the limit must be positive'
        : `invalid argument to ${what} stage: Expected a non-negative number`,
    );
  return n;
}

const limitStage: StageCompiler = (spec) => {
  const limit = wholeNumber(spec, 1, 5107201, '$limit');
  return {
    reads: new Set(),
    pauses: true,
    *run(docs) {
      let left = limit;
      for (const doc of docs) {
        yield doc;
        if (doc !== PAUSE_MARK && --left === 0) return;
      }
    },
  };
};

const skipStage: StageCompiler = (spec) => {
  const skip = wholeNumber(spec, 0, 5107200, '$skip');
  return {
    reads: new Set(),
    pauses: true,
    *run(docs) {
      let left = skip;
      for (const doc of docs) if (doc === PAUSE_MARK || left-- <= 0) yield doc;
    },
  };
};

const countStage: StageCompiler = (spec) => {
  if (typeof spec !== 'string') throw located(40156, 'the count field must be a non-empty string');
  if (!spec) throw located(40156, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw located(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) throw located(40160, "the count field cannot contain '.'");
  return {
    reads: new Set(),
    consumes: true,
    *run(docs) {
      let n = 0;
      for (const _ of docs) n++;
      if (n) yield makeDocument({ [spec]: (n | 0) === n ? n : Long.fromNumber(n) });
    },
  };
};

const sample: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw located(28745, 'the $sample stage specification must be an object');
  for (const key of Object.keys(spec))
    if (key !== 'size') throw located(28748, `unrecognized option to $sample: ${key}`);
  if (!('size' in spec)) throw located(28749, '$sample stage must specify a size');
  if (!isNumber(spec.size)) throw located(28746, 'size argument to $sample must be a number');
  const size = Math.trunc(toDouble(spec.size));
  if (size < 0) throw located(28747, 'size argument to $sample must not be negative');
  return {
    *run(docs) {
      const meter = context.meter('$sample');
      const chosen: Document[] = [];
      let seen = 0;
      if (!size) return;
      for (const doc of docs) {
        seen++;
        // Every document has the same chance to be among the chosen.
        const place = chosen.length < size ? chosen.length : Math.floor(Math.random() * seen);
        if (place >= size) continue;
        if (place < chosen.length) meter.release(bsonSize(chosen[place]));
        meter.add(bsonSize(doc));
        chosen[place] = doc;
      }
      for (let i = chosen.length - 1; i > 0; i--) {
        const j = Math.floor(Math.random() * (i + 1));
        [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
      }
      yield* chosen;
    },
  };
};

/** Only as the first stage: documents written into the pipeline. */
const documents: StageCompiler = (spec, context) => {
  const { compiler } = context.expressions();
  const list = compiler.compile(spec);
  return {
    *run(_docs, variables) {
      const docs = list(scopeOf(makeDocument(), variables));
      if (!Array.isArray(docs) || !docs.every(isDocument))
        throw located(
          5858203,
          'error during aggregation :: $documents must evaluate to an array of objects',
        );
      yield* docs;
    },
  };
};

export const BASIC_STAGES: Record<string, StageCompiler> = {
  $match: match,
  $sort: (spec, context) => sortStage(spec, context),
  $limit: limitStage,
  $skip: skipStage,
  $count: countStage,
  $sample: sample,
  $documents: documents,
};
