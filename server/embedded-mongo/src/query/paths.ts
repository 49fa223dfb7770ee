import type { Document } from '../bson/types';
import { isDocument, isArray, makeDocument, setField } from '../bson/types';

/** Does a part of a path name an array position? */
export const isPosition = (part: string) => /^(0|[1-9]\d*)$/.test(part);

/**
 * The values a dotted path leads to. Arrays on the way are entered (their documents, and the
 * position a numeric part names); a final array is one value. A missing end gives `undefined`,
 * an array without documents on the way gives nothing.
 */
export function pathValues(doc: unknown, parts: readonly string[], from = 0): unknown[] {
  let value = doc;
  for (let i = from; i < parts.length; i++) {
    if (isArray(value)) {
      const out: unknown[] = [];
      const part = parts[i]!;
      if (isPosition(part) && Number(part) < value.length)
        out.push(...pathValues(value[Number(part)], parts, i + 1));
      for (const item of value) if (isDocument(item)) out.push(...pathValues(item, parts, i));
      return out;
    }
    if (!isDocument(value)) return [undefined];
    value = value[parts[i]!];
  }
  return [value];
}

/** Does any candidate value (a path's values and the elements of final arrays) pass the test? */
export function anyCandidate(
  doc: Document,
  parts: readonly string[],
  test: (value: unknown) => boolean,
): boolean {
  if (parts.length === 1) return anyOf(doc[parts[0]!], test);
  for (const value of pathValues(doc, parts)) if (anyOf(value, test)) return true;
  return false;
}

function anyOf(value: unknown, test: (value: unknown) => boolean): boolean {
  if (isArray(value)) for (const item of value) if (test(item)) return true;
  return test(value);
}

/** Values for sorting and `distinct`: elements of final arrays instead of the arrays. */
export function flatValues(doc: Document, parts: readonly string[]): unknown[] {
  const out: unknown[] = [];
  for (const value of pathValues(doc, parts))
    if (isArray(value)) out.push(...value);
    else out.push(value);
  return out;
}

/** The value at a dotted path, array positions allowed, without unfolding arrays. */
export function getPath(doc: unknown, path: string): unknown {
  let value = doc;
  for (const part of path.split('.')) {
    if (isArray(value)) value = isPosition(part) ? value[Number(part)] : undefined;
    else if (isDocument(value)) value = value[part];
    else return undefined;
  }
  return value;
}

/** Sets a dotted path, making documents on the way. */
export function setPath(doc: Document, path: string, value: unknown): void {
  const parts = path.split('.');
  let target = doc;
  for (let i = 0; i < parts.length - 1; i++) {
    const next = target[parts[i]!];
    if (isDocument(next)) target = next;
    else {
      const made = makeDocument();
      setField(target, parts[i]!, made);
      target = made;
    }
  }
  setField(target, parts.at(-1)!, value);
}
