import { MongoError } from '../errors';

/** Error 225: the session has moved on. */
export const tooOld = (number: bigint, newer: bigint) =>
  new MongoError(
    225,
    'TransactionTooOld',
    `Cannot start transaction ${number} because a newer txnNumber ${newer} has already started.`,
  );

/** Error 50911: the number is taken. */
export const numberTaken = (number: bigint, by: string) =>
  new MongoError(
    50911,
    'Location50911',
    `Cannot start a transaction at given transaction number ${number} a transaction with the same number is in state ${by}`,
  );

/** Error 217: the number has been used for something else. */
export const numberOfTransaction = (number: bigint) =>
  new MongoError(
    217,
    'IncompleteTransactionHistory',
    `Transaction number ${number} belongs to a multi-document transaction, not to a retryable write.`,
  );
