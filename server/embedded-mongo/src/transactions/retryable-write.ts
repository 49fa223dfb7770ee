import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { typeMismatch } from '../errors';
import type { WriteSet } from '../storage/write-set';
import { numberOfTransaction, tooOld } from './number-errors';
import type { ExecutedStatements, RetryRecords } from './retry-records';

/** What one statement of a write did. */
export interface StatementOutcome {
  /** Documents an update changed. */
  readonly modified: number;
  readonly upserted: { readonly id: unknown } | undefined;
}

/**
 * One numbered write at work. Statements that were carried out under its number before are not
 * carried out again, whoever interrupted the first try: each is remembered with its own write.
 */
export class RetryableWrite {
  private statements: ExecutedStatements[] = [];
  private known: ReadonlyMap<number, StatementOutcome> = new Map();
  private reply: Document | undefined;
  private changed = false;

  /**
   * @param body the command, for its statement ids
   * @param afterStatement called after each statement, before it is settled; may throw
   */
  constructor(
    private readonly records: RetryRecords,
    private readonly session: string,
    private readonly number: bigint,
    private readonly body: Document,
    readonly afterStatement: () => void,
  ) {}

  /**
   * Reads what is remembered; called whenever the command starts or goes on, because a second try
   * may have come in while it waited.
   * @throws TransactionTooOld 225, IncompleteTransactionHistory 217
   */
  refresh(): void {
    const { records, session, number } = this;
    const record = records.get(session);
    if (!record || record.number < number) {
      records.advance(session, number);
      return;
    }
    if (record.number > number) throw tooOld(number, record.number);
    if (record.committed) throw numberOfTransaction(number);
    this.reply = record.reply;
    this.statements = record.statements.map((run) => ({ ...run }));
    const known = new Map<number, StatementOutcome>();
    for (const run of record.statements)
      for (let id = run.from; id <= run.to; id++) known.set(id, run);
    this.known = known;
  }

  /** What a findAndModify of this number answered the first time. */
  get knownReply(): Document | undefined {
    return this.reply;
  }

  /** The id of the command's nth statement. @throws TypeMismatch 14 */
  statementId(index: number): number {
    const { stmtIds, stmtId } = this.body;
    const given = Array.isArray(stmtIds) ? (stmtIds as unknown[])[index] : (stmtId ?? 0);
    if (!isNumber(given)) throw typeMismatch("'stmtIds' must hold a number for each statement");
    return toDouble(given) + (Array.isArray(stmtIds) ? 0 : index);
  }

  /** What the statement did when it was carried out before; undefined when it was not. */
  outcome(statement: number): StatementOutcome | undefined {
    return this.known.get(statement);
  }

  executed(statement: number, { modified, upserted }: StatementOutcome): void {
    this.changed = true;
    const last = this.statements.at(-1);
    if (last?.to === statement - 1 && last.modified === modified && !last.upserted && !upserted)
      last.to = statement;
    else this.statements.push({ from: statement, to: statement, modified, upserted });
  }

  answered(reply: Document): void {
    this.changed = true;
    this.reply = reply;
  }

  /** Puts the record into the batch that holds the writes it tells of. */
  save(set: WriteSet): void {
    if (!this.changed) return;
    this.changed = false;
    const { number, reply, statements } = this;
    const copy = statements.map((run) => ({ ...run }));
    this.records.put(set, this.session, { number, reply, statements: copy, committed: false });
  }
}
