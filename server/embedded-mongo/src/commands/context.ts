import type { Document } from '../bson/types';
import { isDocument } from '../bson/types';
import { toDouble, isNumber } from '../bson/numbers';
import { badValue, MongoError, unsupported } from '../errors';
import { parseCollation } from '../query/collation';
import type { Engine } from '../engine';
import type { Placement } from '../transactions/placement';
import type { Work } from '../query/work';
import type { Targets } from '../slow/targets';
import type { View } from '../storage/view';
import type { WriteUnit } from '../storage/writer';

/** One command being carried out. */
export interface CommandContext extends Placement {
  readonly engine: Engine;
  readonly body: Document;
  readonly db: string;
  /** The session id's 16 bytes as a latin1 string. */
  readonly session: string | undefined;
  /** Where writes go; made anew whenever a waiting command is run again. */
  unit: WriteUnit;
  /** What this command reads: the unit's view for a write, else snapshot or stored data. */
  reader: View;
  /** What it has read so far, against what it may. */
  work: Work;
  /** Documents a write that would have looked too long has been given; see `slow/targets.ts`. */
  targets: Targets | undefined;
  /** What a command that has to wait has already done (see `commands/writes.ts`). */
  progress: WriteProgress | undefined;
}

export interface WriteProgress {
  /** The statement to go on with. */
  index: number;
  n: number;
  nModified: number;
  upserted: Document[];
  writeErrors: Document[];
  /** Statements a retried write found already carried out. */
  retried: number[];
}

export type Reply = Document;

/** A command: how it is scheduled and what it does. */
export interface Command {
  /** Writes answer only when what they did is on disk. */
  readonly kind: 'read' | 'write';
  /** May it be part of a multi-document transaction? */
  readonly inTransaction?: boolean;
  readonly run: (context: CommandContext) => Reply | Promise<Reply>;
}

/** Reads an optional non-negative integer argument. */
export function count(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isNumber(value))
    throw new MongoError(14, 'TypeMismatch', `Field '${name}' must be a number`);
  const n = toDouble(value);
  if (!(n >= 0)) throw badValue(`Field '${name}' must be >= 0, actual value: ${n}`);
  return Math.floor(n);
}

/** Reads an optional document argument. */
export function documentOr(value: unknown, name: string): Document {
  if (value === undefined || value === null) return {};
  if (!isDocument(value))
    throw new MongoError(14, 'TypeMismatch', `Field '${name}' must be an object`);
  return value;
}

/** Reads a required array argument. */
export function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value))
    throw new MongoError(14, 'TypeMismatch', `Field '${name}' must be an array`);
  return value;
}

/** The full namespace a command names. */
export function namespace(context: CommandContext, value: unknown): string {
  if (typeof value !== 'string' || !value)
    throw new MongoError(73, 'InvalidNamespace', `Invalid namespace specified '${context.db}.'`);
  return `${context.db}.${value}`;
}

/** Refuses a collation where none but the simple one is possible. */
export function refuseCollation(options: Document, what: string): void {
  if (parseCollation(options.collation)) throw unsupported(`a collation of ${what}`);
}
