import { valuesEqual } from '../bson/compare';
import type { Document } from '../bson/types';
import { bsonType, isDocument, makeDocument } from '../bson/types';
import { MongoError } from '../errors';

const MAX_PADDING = 1_500_000;

/** A document under update: reads and writes concrete paths and notes what changed. */
export class Target {
  readonly updated = makeDocument();
  readonly removed = new Set<string>();

  constructor(readonly doc: Document) {}

  /** The value at the path, or undefined. */
  get(parts: readonly string[]): unknown {
    let value: unknown = this.doc;
    for (const part of parts) {
      if (Array.isArray(value)) value = /^\d+$/.test(part) ? value[Number(part)] : undefined;
      else if (isDocument(value)) value = value[part];
      else return undefined;
    }
    return value;
  }

  /** Sets the path, making documents on the way. @throws PathNotViable through a scalar. */
  set(parts: readonly string[], value: unknown): void {
    const before = this.get(parts);
    if (before !== undefined && sameValue(before, value)) return;
    let holder: unknown = this.doc;
    for (let i = 0; i < parts.length - 1; i++) {
      let next = child(holder, parts, i);
      if (next === undefined) assign(holder, parts, i, (next = makeDocument()));
      holder = next;
    }
    child(holder, parts, parts.length - 1);
    assign(holder, parts, parts.length - 1, value);
    const path = parts.join('.');
    this.removed.delete(path);
    this.updated[path] = value;
  }

  /** Removes the field; an array element becomes null. */
  unset(parts: readonly string[]): void {
    if (this.get(parts) === undefined) return;
    const holder = this.get(parts.slice(0, -1));
    const last = parts.at(-1)!;
    const path = parts.join('.');
    if (Array.isArray(holder)) {
      holder[Number(last)] = null;
      this.updated[path] = null;
      return;
    }
    delete (holder as Document)[last];
    delete this.updated[path];
    this.removed.add(path);
  }
}

/** Equal and of the same type: 5 and Long 5 differ for an update. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== typeof b) return false;
  if (typeof a === 'object' && a !== null) {
    const tag = bsonType(a);
    if (tag !== bsonType(b) || tag === undefined) return a instanceof Date && valuesEqual(a, b);
  }
  return valuesEqual(a, b);
}

function notViable(parts: readonly string[], at: number): MongoError {
  return new MongoError(
    28,
    'PathNotViable',
    `Cannot create field '${parts[at]}' in element {${parts[at - 1] ?? ''}}`,
  );
}

function child(holder: unknown, parts: readonly string[], at: number): unknown {
  const part = parts[at]!;
  if (Array.isArray(holder)) {
    if (!/^\d+$/.test(part)) throw notViable(parts, at);
    return holder[Number(part)];
  }
  if (!isDocument(holder)) throw notViable(parts, at);
  return holder[part];
}

function assign(holder: unknown, parts: readonly string[], at: number, value: unknown): void {
  const part = parts[at]!;
  if (!Array.isArray(holder)) {
    (holder as Document)[part] = value;
    return;
  }
  const index = Number(part);
  if (index > holder.length + MAX_PADDING) throw notViable(parts, at);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}
