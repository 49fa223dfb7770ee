import { isNumber, toDouble } from '../bson/numbers';
import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import type { Command } from '../commands/context';
import { badValue, codeName, failedToParse, MongoError, typeMismatch } from '../errors';

/** What an armed fail point does to one command. */
export interface Failure {
  /** How long the command is held up first, in milliseconds. */
  readonly delayMs: number;
  /** Ends the connection instead of answering. */
  readonly closeConnection: boolean;
  /** Answers with this error instead of running the command. */
  readonly error: MongoError | undefined;
  /** Added to the reply of the command, which does run. */
  readonly writeConcernError: Document | undefined;
  /** It fails before the server looks at what the command is about. */
  readonly early: boolean;
  /** Replaces the labels the reply would have had. */
  readonly labels: readonly string[] | undefined;
}

interface Armed {
  readonly data: Document;
  /** Matches to let through before it acts. */
  skip: number;
  /** Matches it still acts upon; Infinity for `alwaysOn`. */
  times: number;
}

/** `failCommand` by command and application; the others by the place in the code they stand for. */
const KNOWN = [
  'failCommand',
  'failGetMoreAfterCursorCheckout',
  'onPrimaryTransactionalWrite',
  'maxTimeAlwaysTimeOut',
  'maxTimeNeverTimeOut',
] as const;
type Name = (typeof KNOWN)[number];

/** Faults that tests order with `configureFailPoint`; only in servers started with test commands. */
export class FailPoints {
  private readonly armed = new Map<Name, Armed>();
  private readonly entered = new Map<Name, number>();

  readonly command: Command = { kind: 'read', run: ({ body }) => this.configure(body) };

  private configure(body: Document): Document {
    const name = KNOWN.find((known) => known === body.configureFailPoint);
    if (!name)
      throw new MongoError(
        3561100,
        'FailPointSetFailed',
        `${String(body.configureFailPoint)} not found`,
      );
    const count = this.entered.get(name) ?? 0;
    const next = arm(body.mode, body.data);
    if (next) this.armed.set(name, next);
    else this.armed.delete(name);
    return { count, ok: 1 };
  }

  /** The failure ordered for a command about to run, if any; counts as one use of it. */
  failure(body: Document, name: string, appName: string | undefined): Failure | undefined {
    if (name === 'configureFailPoint') return undefined;
    const { data } = this.armed.get('failCommand') ?? {};
    if (data && concerns(data, name, appName) && this.use('failCommand'))
      return failureOf(data, true);
    const getMore = name === 'getMore' && this.armed.get('failGetMoreAfterCursorCheckout');
    if (getMore && this.use('failGetMoreAfterCursorCheckout'))
      return failureOf(getMore.data, false);
    if (
      isNumber(body.maxTimeMS) &&
      toDouble(body.maxTimeMS) > 0 &&
      this.use('maxTimeAlwaysTimeOut')
    )
      return failureOf({ errorCode: 50 }, false);
    return undefined;
  }

  /**
   * Called after each statement of a retryable write, before it is settled.
   * @param close ends the client's connection
   * @throws MongoError when the statement shall fail
   */
  afterStatement(close: () => void): void {
    const data = this.armed.get('onPrimaryTransactionalWrite')?.data;
    if (!data || !this.use('onPrimaryTransactionalWrite')) return;
    if (data.closeConnection !== false) close();
    if (data.failBeforeCommitExceptionCode === undefined) return;
    throw ordered(toDouble(data.failBeforeCommitExceptionCode), 'onPrimaryTransactionalWrite');
  }

  /** Does it act this time? */
  private use(name: Name): boolean {
    const armed = this.armed.get(name);
    if (!armed) return false;
    if (armed.skip > 0) {
      armed.skip--;
      return false;
    }
    this.entered.set(name, (this.entered.get(name) ?? 0) + 1);
    if (--armed.times <= 0) this.armed.delete(name);
    return true;
  }
}

/** @returns undefined for `mode: 'off'`. */
function arm(mode: unknown, data: unknown): Armed | undefined {
  if (data !== undefined && !isDocument(data))
    throw typeMismatch("The 'data' field of a fail point must be an object");
  const armed: Armed = { data: data ?? {}, skip: 0, times: Infinity };
  if (mode === 'off') return undefined;
  if (mode === 'alwaysOn') return armed;
  if (typeof mode === 'string') throw badValue(`unknown mode: ${mode}`);
  const [[kind, value] = []] = isDocument(mode) ? Object.entries(mode) : [];
  const n = isNumber(value) ? toDouble(value) : NaN;
  if (kind !== 'times' && kind !== 'skip') throw badValue(`unknown mode: ${String(kind)}`);
  if (!(n >= 0)) throw badValue(`'${kind}' option to 'mode' must be >= 0`);
  if (kind === 'times' && n === 0) return undefined;
  return { ...armed, [kind]: n };
}

function concerns(data: Document, name: string, appName: string | undefined): boolean {
  if (data.appName !== undefined && data.appName !== appName) return false;
  if (!Array.isArray(data.failCommands))
    throw failedToParse("The 'failCommand' fail point needs 'failCommands'");
  return data.failCommands.includes(name);
}

function failureOf(data: Document, early: boolean): Failure {
  const code = isNumber(data.errorCode) ? toDouble(data.errorCode) : undefined;
  return {
    delayMs: data.blockConnection === true ? toDouble(data.blockTimeMS ?? 0) : 0,
    closeConnection: data.closeConnection === true,
    error: code === undefined ? undefined : ordered(code, 'failCommand'),
    early,
    writeConcernError: isDocument(data.writeConcernError) ? data.writeConcernError : undefined,
    labels: Array.isArray(data.errorLabels) ? (data.errorLabels as string[]) : undefined,
  };
}

const ordered = (code: number, name: Name) =>
  new MongoError(code, codeName(code), `Failing command via '${name}' failpoint`);
