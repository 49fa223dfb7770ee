import { Int32 } from 'bson';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import type { PendingEvent } from '../storage/write-set';

/** A component that may be a position in an array or a field's name. */
const NUMERIC = /(^|\.)\d+(\.|$)/;

/**
 * The changed paths of an update that could be read in two ways, each as the list of the field
 * names (strings) and array positions (int32) it means. Undefined when every path is plain.
 */
export function disambiguate(
  { updated, removed, truncated }: Pick<PendingEvent, 'updated' | 'removed' | 'truncated'>,
  after: Document,
): Document | undefined {
  let paths: Document | undefined;
  const look = (path: string) => {
    if (!NUMERIC.test(path)) return;
    const parts = components(path, after);
    // Array positions alone are what such a path means by itself.
    if (parts.some((part) => typeof part === 'string' && /^\d+$/.test(part)))
      (paths ??= {})[path] = parts;
  };
  for (const path in updated) look(path);
  removed?.forEach(look);
  truncated?.forEach(({ field }) => look(field));
  return paths;
}

function components(path: string, doc: Document): unknown[] {
  let at: unknown = doc;
  return path.split('.').map((name) => {
    if (Array.isArray(at) && /^\d+$/.test(name)) {
      at = (at as unknown[])[Number(name)];
      return new Int32(Number(name));
    }
    at = isDocument(at) ? at[name] : undefined;
    return name;
  });
}
