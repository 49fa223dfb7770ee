import { matches, sorted } from './matching';
import { Refused, updated, type Update } from './updating';
import { copy, isDoc, order, rank, reach, type Fields } from './values';

export type Doc = Fields & { _id: number };
export type Sort = Record<string, 1 | -1>;

export interface Index {
  readonly name: string;
  readonly key: Record<string, 1 | -1 | 'hashed'>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Fields;
}

const EMPTY = Symbol('empty array');

/** Where a path first meets an array; undefined when it meets none. */
function arrayOn(doc: unknown, path: string): string | undefined {
  const parts = path.split('.');
  let value = doc;
  for (let i = 0; i <= parts.length; i++) {
    if (Array.isArray(value)) return parts.slice(0, i).join('.');
    if (i < parts.length) value = isDoc(value) ? value[parts[i]!] : undefined;
  }
  return undefined;
}

/** A copy in which another value stands at a path through documents. */
function replaced(doc: Fields, [part, ...rest]: readonly string[], value: unknown): Fields {
  const inside = rest.length ? replaced(doc[part!] as Fields, rest, value) : value;
  return { ...doc, [part!]: inside };
}

/** Paths below one array unfold together; two arrays side by side cannot. @throws Refused 171 */
function unfold(doc: Fields, paths: readonly string[]): unknown[][] {
  const arrays = [...new Set(paths.map((p) => arrayOn(doc, p)).filter((p) => p !== undefined))];
  if (arrays.length > 1) throw new Refused(171);
  const [at] = arrays;
  if (at === undefined) return [paths.map((p) => reach(doc, p).whole[0])];
  const elements = reach(doc, at).whole[0] as unknown[];
  return (elements.length ? elements : [EMPTY]).flatMap((element) =>
    unfold(replaced(doc, at.split('.'), element), paths),
  );
}

/** The tuples under which a document stands in an index. @throws Refused 171 for parallel arrays */
function keysOf(doc: Doc, index: Index): unknown[][] {
  if (index.partialFilterExpression && !matches(doc, index.partialFilterExpression)) return [];
  const tuples = unfold(doc, Object.keys(index.key));
  if (index.sparse && tuples.every((t) => t.every((v) => v === undefined))) return [];
  return tuples.map((t) => t.map((v) => v ?? null));
}

const sameKey = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.every((v, i) => (v === EMPTY || b[i] === EMPTY ? v === b[i] : order(v, b[i]) === 0));

/** A collection in memory; documents in the order they were inserted. */
export class ModelCollection {
  constructor(
    public docs: Doc[] = [],
    public indexes: Index[] = [],
  ) {}

  clone(): ModelCollection {
    return new ModelCollection(copy(this.docs), [...this.indexes]);
  }

  get(id: number): Doc | undefined {
    return this.docs.find((d) => d._id === id);
  }

  find(filter: Fields, sort: Sort = {}): Doc[] {
    return sorted(
      this.docs.filter((d) => matches(d, filter)),
      sort,
    );
  }

  /** @throws Refused 11000, 171 */
  private check(doc: Doc, others: readonly Doc[], indexes = this.indexes): void {
    for (const index of indexes) {
      const keys = keysOf(doc, index);
      if (!index.unique) continue;
      for (const other of others)
        if (keysOf(other, index).some((b) => keys.some((a) => sameKey(a, b))))
          throw new Refused(11000);
    }
  }

  /** @throws Refused */
  insert(doc: Doc): void {
    if (this.get(doc._id)) throw new Refused(11000);
    this.check(doc, this.docs);
    this.docs.push(copy(doc));
  }

  /** @throws Refused */
  put(doc: Doc): void {
    const others = this.docs.filter((d) => d._id !== doc._id);
    this.check(doc, others);
    this.docs = this.docs.map((d) => (d._id === doc._id ? copy(doc) : d));
  }

  remove(id: number): void {
    this.docs = this.docs.filter((d) => d._id !== id);
  }

  /** Whether anything in it contradicts its unique indexes. */
  get isConsistent(): boolean {
    try {
      for (const [i, doc] of this.docs.entries()) this.check(doc, this.docs.slice(0, i));
      return true;
    } catch {
      return false;
    }
  }

  /** @throws Refused 11000, 171 when the documents there are cannot be indexed so. */
  addIndex(index: Index): void {
    for (const [i, doc] of this.docs.entries()) this.check(doc, this.docs.slice(0, i), [index]);
    this.indexes.push(index);
  }

  /** All matches changed. @throws Refused with the code of the first that cannot be changed */
  updateMany(filter: Fields, update: Update): { matched: number; modified: number } {
    const hit = this.find(filter);
    const after = hit.map((d) => updated(d, update) as Doc);
    for (const doc of after) for (const index of this.indexes) keysOf(doc, index);
    const byId = new Map(after.map((d) => [d._id, d]));
    const modified = after.filter((d, i) => !isSame(d, hit[i]!)).length;
    this.docs = this.docs.map((d) => byId.get(d._id) ?? d);
    return { matched: hit.length, modified };
  }
}

/** Equal also in number of fields and in types; 1 and 1.0 are one in JavaScript. */
export function isSame(a: Fields, b: Fields): boolean {
  return rank(a) === rank(b) && JSON.stringify(a) === JSON.stringify(b);
}
