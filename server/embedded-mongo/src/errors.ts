/** An error that goes to the client as MongoDB's own `{ok: 0, code, codeName, errmsg}`. */
export class MongoError extends Error {
  constructor(
    /** MongoDB's numeric code, e.g. 11000. */
    readonly code: number,
    /** MongoDB's symbolic name of the code, e.g. `DuplicateKey`. */
    readonly codeName: string,
    message: string,
    /** Further reply fields (keyPattern, keyValue). */
    readonly extra: Record<string, unknown> = {},
    /** Error labels the driver acts upon (TransientTransactionError ...). */
    readonly labels: readonly string[] = [],
  ) {
    super(message);
    this.name = 'MongoError';
  }
}

export const badValue = (message: string) => new MongoError(2, 'BadValue', message);
export const invalidBson = (what: string) =>
  new MongoError(22, 'InvalidBSON', `Invalid BSON: ${what}`);

/** What a reader says that runs over the end of a damaged document, and what LMDB says. */
const DAMAGE = /^MDB_|ERR_OUT_OF_RANGE|ERR_BUFFER_OUT_OF_BOUNDS/;

/** Any error as the MongoError the client gets; damaged data is told apart from bad requests. */
export function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  const { message, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (DAMAGE.test(message ?? '') || DAMAGE.test(String(code)))
    return new MongoError(
      301,
      'DataCorruptionDetected',
      `The stored data is damaged: ${message}. Check it and restore a backup.`,
    );
  return badValue(message ?? String(error));
}

/** Says this error that what is stored is damaged? */
export const isDamage = (code: unknown): boolean => code === 301 || code === 22;

export const failedToParse = (message: string) => new MongoError(9, 'FailedToParse', message);
export const typeMismatch = (message: string) => new MongoError(14, 'TypeMismatch', message);
export const unsupported = (what: string) =>
  new MongoError(2, 'BadValue', `${what} is not supported by the embedded database`);
export const namespaceNotFound = (ns: string) =>
  new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${ns}`);
export const immutableId = () =>
  new MongoError(
    66,
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
export const writeConflict = () =>
  new MongoError(
    112,
    'WriteConflict',
    'WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction.',
    {},
    ['TransientTransactionError'],
  );
export const noSuchTransaction = (message: string) =>
  new MongoError(251, 'NoSuchTransaction', message, {}, ['TransientTransactionError']);
