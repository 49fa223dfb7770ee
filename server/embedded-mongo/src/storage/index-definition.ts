import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { toDouble, isNumber } from '../bson/numbers';
import { MongoError, badValue } from '../errors';
import type { Matcher } from '../query/matcher';
import { compileFilter } from '../query/matcher';

/** How the values of one indexed path are turned into keys. */
export type FieldKind = 'ordered' | 'geo' | 'unused';

export interface IndexField {
  readonly name: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
  readonly kind: FieldKind;
}

/** One index of a collection, as catalogued. */
export interface IndexDefinition {
  readonly id: number;
  /** The specification as the client gave it, in its key order. */
  readonly spec: Document;
  readonly name: string;
  readonly fields: readonly IndexField[];
  /** Top-level fields a document's entries depend on. */
  readonly roots: ReadonlySet<string>;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Document | undefined;
  readonly partialMatcher: Matcher | undefined;
  /** Kept up to date, but not used by queries. */
  hidden: boolean;
  /** Seconds after which a document goes, undefined when not a TTL index. */
  expireAfterSeconds: number | undefined;
  /** Per field: some document had an array on that path. */
  multikey: boolean[];
  /** Some key was cut, so neighbouring entries may be out of order. */
  truncated: boolean;
  /** False for kinds that have no entries (2d). */
  readonly stored: boolean;
  /** Commit that contains the entries; views that see less must not use the index. */
  readyAt: number;
  /** Settles when an index that is being filled is ready or given up; undefined otherwise. */
  building: Promise<void> | undefined;
}

const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  '2dsphereIndexVersion',
  'collation',
  'comment',
  'ns',
]);

const cannotCreate = (message: string) => new MongoError(67, 'CannotCreateIndex', message);

/** Rejects specifications MongoDB rejects, and those whose meaning is not implemented. */
export function checkIndexSpec(spec: Document): void {
  if (!isDocument(spec.key)) throw new MongoError(9, 'FailedToParse', "'key' must be a document");
  if (typeof spec.name !== 'string' || !spec.name)
    throw new MongoError(9, 'FailedToParse', "The 'name' field is a required property");
  const fields = Object.entries(spec.key);
  if (!fields.length) throw cannotCreate('Index keys cannot be an empty object.');
  for (const [path, kind] of fields) {
    if (path.includes('$**') || kind === 'text')
      throw cannotCreate('text and wildcard indexes are not supported by the embedded database');
    const known = kind === '2dsphere' || kind === '2d' || kind === 'hashed';
    if (!known && !(isNumber(kind) && toDouble(kind) !== 0))
      throw cannotCreate(
        `Values in v:2 index key pattern must be numbers other than 0 or a known plugin; found '${String(kind)}'`,
      );
  }
  for (const option of Object.keys(spec))
    if (!OPTIONS.has(option))
      throw new MongoError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification`,
      );
  if (isDocument(spec.collation) && spec.collation.locale !== 'simple')
    throw cannotCreate('index collation is not supported by the embedded database');
  if (spec.expireAfterSeconds !== undefined) {
    if (!isNumber(spec.expireAfterSeconds) || toDouble(spec.expireAfterSeconds) < 0)
      throw cannotCreate('TTL index expireAfterSeconds must be a non-negative number');
    if (fields.length > 1) throw cannotCreate('TTL indexes are single-field indexes');
  }
  if (spec.unique === true && fields.some(([, kind]) => kind === 'hashed'))
    throw new MongoError(
      16764,
      'Location16764',
      'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.',
    );
  if (spec.partialFilterExpression === undefined) return;
  if (!isDocument(spec.partialFilterExpression))
    throw badValue('partialFilterExpression must be an object');
  if (spec.sparse === true)
    throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
  checkPartial(spec.partialFilterExpression);
}

const PARTIAL = [
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$type',
  '$geoWithin',
  '$geoIntersects',
];

/** Only conditions of which MongoDB can tell whether a query implies them. */
function checkPartial(filter: Document): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || name === '$or') (condition as Document[]).forEach(checkPartial);
    else if (name.startsWith('$'))
      throw cannotCreate(`unsupported expression in partial index: ${name}`);
    else if (isDocument(condition))
      for (const [operator, operand] of Object.entries(condition))
        if (operator.startsWith('$') && !PARTIAL.includes(operator))
          if (operator !== '$exists' || !operand)
            throw cannotCreate(`unsupported expression in partial index: ${operator}`);
  }
}

/** Builds the runtime form of a checked specification. */
export function defineIndex(
  id: number,
  spec: Document,
  state: { multikey?: boolean[]; truncated?: boolean; readyAt: number },
): IndexDefinition {
  const fields = Object.entries(spec.key as Document).map(([name, kind]): IndexField => ({
    name,
    parts: name.split('.'),
    direction: isNumber(kind) && toDouble(kind) < 0 ? -1 : 1,
    kind: kind === '2dsphere' ? 'geo' : kind === '2d' ? 'unused' : 'ordered',
  }));
  const partial = spec.partialFilterExpression as Document | undefined;
  const partialMatcher = partial && compileFilter(partial);
  return {
    id,
    spec,
    name: spec.name as string,
    fields,
    roots: new Set([...fields.map((f) => f.parts[0]!), ...(partialMatcher?.roots ?? [])]),
    unique: spec.unique === true || spec.name === '_id_',
    sparse: spec.sparse === true,
    partial,
    partialMatcher,
    hidden: spec.hidden === true,
    expireAfterSeconds:
      spec.expireAfterSeconds === undefined ? undefined : toDouble(spec.expireAfterSeconds),
    multikey: state.multikey ?? fields.map(() => false),
    truncated: state.truncated ?? false,
    stored: fields.every((f) => f.kind !== 'unused'),
    readyAt: state.readyAt,
    building: undefined,
  };
}
