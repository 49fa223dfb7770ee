import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument, withoutField } from '../../bson/types';
import { Long } from 'bson';
import { splitPath } from '../expressions/compile';
import { located } from '../scope';
import type { StageCompiler } from './stage';
import { PAUSE_MARK } from '../source';

/** A copy with the value at a path replaced (undefined removes it); only documents are entered. */
export function withPath(doc: Document, parts: readonly string[], value: unknown): Document {
  const [first, ...rest] = parts as [string, ...string[]];
  if (rest.length) {
    const inner = doc[first];
    return makeDocument(doc, {
      [first]: withPath(isDocument(inner) ? inner : makeDocument(), rest, value),
    });
  }
  return value === undefined ? withoutField(doc, first) : makeDocument(doc, { [first]: value });
}

function valueAt(doc: Document, parts: readonly string[]): unknown {
  let value: unknown = doc;
  for (const part of parts) value = isDocument(value) ? value[part] : undefined;
  return value;
}

export const unwind: StageCompiler = (spec) => {
  const options: Document = typeof spec === 'string' ? { path: spec } : (spec as Document);
  if (!isDocument(options))
    throw located(
      15981,
      'expected either a string or an object as specification for $unwind stage',
    );
  for (const key of Object.keys(options))
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(key))
      throw located(28811, `unrecognized option to $unwind stage: ${key}`);
  const { path, preserveNullAndEmptyArrays: preserve = false, includeArrayIndex: index } = options;
  if (path === undefined) throw located(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw located(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw located(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (typeof preserve !== 'boolean')
    throw located(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  if (index !== undefined) {
    if (typeof index !== 'string' || !index)
      throw located(
        28810,
        'expected a non-empty string for the includeArrayIndex option to $unwind stage',
      );
    if (index.startsWith('$'))
      throw located(
        28822,
        `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
      );
  }
  const parts = splitPath(path.slice(1));
  const indexPath = index === undefined ? undefined : splitPath(index);
  const numbered = (doc: Document, position: number | null) =>
    indexPath
      ? withPath(doc, indexPath, position === null ? null : Long.fromNumber(position))
      : doc;
  const reads = new Set([parts[0]!, ...(indexPath ? [indexPath[0]!] : [])]);
  return {
    reads,
    pauses: true,
    *run(docs) {
      for (const doc of docs) {
        if (doc === PAUSE_MARK) {
          yield doc;
          continue;
        }
        const value = valueAt(doc, parts);
        if (!isArray(value)) {
          const isNull = value === null || value === undefined;
          if (!isNull || preserve) yield numbered(doc, null);
        } else if (!value.length) {
          if (preserve) yield numbered(withPath(doc, parts, undefined), null);
        } else {
          let i = 0;
          for (const item of value) yield numbered(withPath(doc, parts, item), i++);
        }
      }
    },
  };
};
