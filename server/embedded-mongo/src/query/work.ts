import { MongoError } from '../errors';

/** What a command may use. */
export interface WorkLimits {
  /** Units it may read in one turn of the event loop, see {@link Work}; Infinity where it may block. */
  readonly turn: number;
  /** Bytes a sort may hold. */
  readonly memory: number;
}

export const UNLIMITED: WorkLimits = { turn: Infinity, memory: Infinity };

/** About 20 ms of reading: everybody else waits that long at most. */
export const TURN_UNITS = 20_000;

/** MongoDB's limit for a blocking sort. */
export const MEMORY_BYTES = 100 * 2 ** 20;

/**
 * A command reads more than others should wait for. It is given up (a read has done nothing yet, a
 * write has not begun to write) and done again where it does not block: `slow/`.
 */
export class TooSlow extends Error {
  constructor() {
    super('the command reads too much for one turn');
  }
}

const KEY_UNITS = 1;
const DOCUMENT_UNITS = 4;

/** What one command has read so far. Units are about a microsecond. */
export class Work {
  keys = 0;
  documents = 0;
  private units = 0;
  private held = 0;
  private pausing = false;

  constructor(readonly limits: WorkLimits = UNLIMITED) {}

  /** An index entry was looked at. @throws TooSlow */
  key(): void {
    this.keys++;
    this.spend(KEY_UNITS);
  }

  /** A document was looked at. @throws TooSlow */
  document(bytes: number): void {
    this.documents++;
    this.spend(DOCUMENT_UNITS + (bytes >> 10));
  }

  private spend(units: number): void {
    if ((this.units += units) > this.limits.turn && !this.pausing) throw new TooSlow();
  }

  /** A new turn for a cursor whose first batch is out: from now on it pauses instead of giving up. */
  nextTurn(): void {
    this.pausing = true;
    this.units = 0;
  }

  /** True when a pausing cursor has read enough for this turn. */
  get tired(): boolean {
    return this.pausing && this.units > this.limits.turn;
  }

  /** A sort holds so many bytes more (or fewer). @throws QueryExceededMemoryLimit 292 */
  hold(bytes: number): void {
    this.held += bytes;
    if (this.held <= this.limits.memory) return;
    throw new MongoError(
      292,
      'QueryExceededMemoryLimitNoDiskUseAllowed',
      `Executor error during find command :: caused by :: Sort exceeded memory limit of ${this.limits.memory} bytes, but did not opt in to external sorting. The embedded database does not sort on disk, whatever allowDiskUse says: add an index that gives the order, or a limit.`,
    );
  }
}
