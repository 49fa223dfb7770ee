import { valuesEqual } from '../bson/compare';
import { encodeDocument } from '../bson/encode';
import { showField } from '../bson/show';
import type { Document } from '../bson/types';
import { bsonType, isArray, isDocument, makeDocument } from '../bson/types';
import { MongoError } from '../errors';
import { isPosition } from './paths';

const MAX_PADDING = 1_500_000;

/** A document under update: reads and writes concrete paths and notes what changed. */
export class Target {
  /** What changed, as change streams tell it: a path that had to be made is told from its root. */
  readonly updated = makeDocument();
  readonly removed = new Set<string>();

  constructor(readonly doc: Document) {}

  /** `{_id: 1}`, for messages. */
  get identity(): string {
    return `{${showField('_id', this.doc._id)}}`;
  }

  /** The value at the path, or undefined. */
  get(parts: readonly string[]): unknown {
    let value: unknown = this.doc;
    for (const part of parts) {
      if (isArray(value)) value = isPosition(part) ? value[Number(part)] : undefined;
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
    let made = parts.length;
    for (let i = 0; i < parts.length - 1; i++) {
      let next = child(holder, parts, i);
      if (next === undefined) {
        assign(holder, parts, i, (next = makeDocument()));
        made = Math.min(made, i + 1);
      }
      holder = next;
    }
    child(holder, parts, parts.length - 1);
    assign(holder, parts, parts.length - 1, value);
    this.note(parts.slice(0, made));
  }

  /** Adds elements at the end of the array at the path, which is told element by element. */
  append(parts: readonly string[], array: unknown[], items: readonly unknown[]): void {
    for (const item of items) {
      array.push(item);
      this.note([...parts, String(array.length - 1)]);
    }
  }

  /** Removes the field; an array element becomes null. */
  unset(parts: readonly string[]): void {
    if (this.get(parts) === undefined) return;
    const holder = this.get(parts.slice(0, -1));
    const last = parts.at(-1)!;
    if (isArray(holder)) {
      holder[Number(last)] = null;
      this.note(parts);
      return;
    }
    delete (holder as Document)[last];
    const path = parts.join('.');
    delete this.updated[path];
    this.removed.add(path);
  }

  private note(parts: readonly string[]): void {
    for (let i = 1; i < parts.length; i++) if (parts.slice(0, i).join('.') in this.updated) return;
    const path = parts.join('.');
    this.removed.delete(path);
    this.updated[path] = this.get(parts);
  }
}

/** Equal and of the same type, also inside: 5 and Long 5 differ for an update. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== typeof b) return false;
  if (typeof a !== 'object' || a === null || b === null) return valuesEqual(a, b);
  const tag = bsonType(a);
  if (tag !== bsonType(b)) return false;
  if (tag !== undefined || a instanceof Date) return valuesEqual(a, b);
  return encodeDocument({ v: a }).equals(encodeDocument({ v: b }));
}

function notViable(holder: unknown, parts: readonly string[], at: number): MongoError {
  return new MongoError(
    28,
    'PathNotViable',
    `Cannot create field '${parts[at]}' in element {${showField(parts[at - 1] ?? '', holder)}}`,
  );
}

function child(holder: unknown, parts: readonly string[], at: number): unknown {
  const part = parts[at]!;
  if (isArray(holder)) {
    if (!isPosition(part)) throw notViable(holder, parts, at);
    return holder[Number(part)];
  }
  if (!isDocument(holder)) throw notViable(holder, parts, at);
  return holder[part];
}

function assign(holder: unknown, parts: readonly string[], at: number, value: unknown): void {
  const part = parts[at]!;
  if (!isArray(holder)) {
    (holder as Document)[part] = value;
    return;
  }
  const index = Number(part);
  if (index > holder.length + MAX_PADDING) throw notViable(holder, parts, at);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}
