/** Why a data folder cannot be opened. */
export type DataFolderProblem =
  /** Another process has it. */
  | 'in-use'
  | 'unwritable'
  /** The file is not what this database wrote; nothing has been changed. */
  | 'damaged'
  /** A newer version of the database wrote it. */
  | 'newer';

/** A data folder cannot be opened; the message is one line that says what to do. */
export class DataFolderError extends Error {
  constructor(
    message: string,
    readonly reason: DataFolderProblem,
  ) {
    super(message);
    this.name = 'DataFolderError';
  }
}
