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
  );
export const noSuchTransaction = (message: string) =>
  new MongoError(251, 'NoSuchTransaction', message);
export const invalidOptions = (message: string) => new MongoError(72, 'InvalidOptions', message);
export const unknownField = (where: string, field: string) =>
  new MongoError(40415, 'Location40415', `BSON field '${where}.${field}' is an unknown field.`);

/** Names of the codes that are ordered by number (see `wire/fail-points.ts`). */
const NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  6: 'HostUnreachable',
  7: 'HostNotFound',
  8: 'UnknownError',
  11: 'UserNotFound',
  13: 'Unauthorized',
  18: 'AuthenticationFailed',
  24: 'LockTimeout',
  26: 'NamespaceNotFound',
  43: 'CursorNotFound',
  50: 'MaxTimeMSExpired',
  59: 'CommandNotFound',
  64: 'WriteConcernFailed',
  79: 'UnknownReplWriteConcern',
  89: 'NetworkTimeout',
  91: 'ShutdownInProgress',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  133: 'FailedToSatisfyReadPreference',
  136: 'CappedPositionLost',
  150: 'StaleEpoch',
  175: 'QueryPlanKilled',
  189: 'PrimarySteppedDown',
  225: 'TransactionTooOld',
  234: 'RetryChangeStream',
  237: 'CursorKilled',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  262: 'ExceededTimeLimit',
  280: 'ChangeStreamFatalError',
  286: 'ChangeStreamHistoryLost',
  391: 'ReauthenticationRequired',
  9001: 'SocketException',
  10107: 'NotWritablePrimary',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  13388: 'StaleConfig',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
};

/** The symbolic name of a code, as MongoDB forms it for codes that have none. */
export const codeName = (code: number): string => NAMES[code] ?? `Location${code}`;
