/** A decoded BSON document. Values are JS primitives or the classes of the `bson` package. */
export type Document = Record<string, unknown>;

/**
 * The shape of every document made here: without inherited properties, so that a field called
 * `constructor` or `__proto__` is a field like any other. Objects of a constructor keep V8's fast
 * representation, which those of `Object.create(null)` do not.
 */
const Fields = function () {} as unknown as new () => Document;
Fields.prototype = Object.create(null) as Document;

/** A document with the fields of the given ones, later ones replacing earlier ones in place. */
export function makeDocument(...parts: readonly Document[]): Document {
  const doc = new Fields();
  for (const part of parts) for (const key of Object.keys(part)) doc[key] = part[key];
  return doc;
}

/** The document without one of its fields. */
export function withoutField(doc: Document, field: string): Document {
  const rest = new Fields();
  for (const key of Object.keys(doc)) if (key !== field) rest[key] = doc[key];
  return rest;
}

/** Already encoded BSON that the encoder copies as it is (documents are never decoded needlessly). */
export class RawDocument {
  constructor(readonly bytes: Uint8Array) {}
}

/** An array of already encoded documents. */
export class RawArray {
  constructor(readonly items: readonly Uint8Array[]) {}
}

/**
 * The `_bsontype` tag of the classes of the `bson` package, or undefined. The classes inherit it:
 * a document that has it as a field of its own is nothing but a document.
 */
export function bsonType(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const tag = (value as { _bsontype?: string })._bsontype;
  return tag === undefined || Object.hasOwn(value, '_bsontype') ? undefined : tag;
}

/** True for an embedded document (neither array, date, binary nor a bson class). */
export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    bsonType(value) === undefined
  );
}

/** True when the value is a document whose first key is an operator: `{$gt: 1}`. */
export function isOperatorObject(value: unknown): value is Document {
  if (!isDocument(value)) return false;
  for (const key in value)
    return key.charCodeAt(0) === 36 && key !== '$ref' && key !== '$id' && key !== '$db';
  return false;
}

/** Deep copy of containers; scalar instances (ObjectId, Long ...) are immutable here and shared. */
export function cloneValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneValue) as T;
  if (!isDocument(value)) return value;
  const copy = makeDocument();
  for (const key of Object.keys(value)) copy[key] = cloneValue(value[key]);
  return copy as T;
}

/** Assigns a field of an ordinary object; `__proto__` must become a field, never the prototype. */
export function setField(target: Document, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else target[key] = value;
}

/** `Array.isArray` that says `unknown[]` instead of `any[]`. */
export const isArray = (value: unknown): value is unknown[] => Array.isArray(value);

/** A value as text for a message: strings as they are, the rest as JSON. */
export const inspect = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
