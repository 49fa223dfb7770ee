import type { Model } from 'mongoose';
import type { ConversationDoc, MessageDoc } from './model';
import { previewOf } from './present';

/** What some messages in a row do to the head of their thread. */
interface HeadChange {
  lastSeq: number;
  /** The last of them that a person said for everybody to read. */
  words?: { lastText: string; lastAt: Date; lastFromId?: string };
  /** Somebody who serves has spoken: nobody waits for what was said before. */
  answered: boolean;
  /** First word of the household after that. */
  waitingSince?: Date;
}

const changeBy = (m: MessageDoc): HeadChange => {
  // Every member sees the head: what few may read leaves nothing there but its number.
  if (m.from.kind !== 'person' || m.visibleTo) return { lastSeq: m.seq, answered: false };
  const fromHousehold = m.assistant !== undefined;
  return {
    lastSeq: m.seq,
    words: { lastText: previewOf(m), lastAt: m.at, lastFromId: m.from.id },
    answered: !fromHousehold,
    waitingSince: fromHousehold ? m.at : undefined,
  };
};

const inARow = (before: HeadChange | undefined, after: HeadChange): HeadChange =>
  before
    ? {
        lastSeq: after.lastSeq,
        words: after.words ?? before.words,
        answered: before.answered || after.answered,
        waitingSince: after.answered
          ? after.waitingSince
          : (before.waitingSince ?? after.waitingSince),
      }
    : after;

const updateOf = ({ lastSeq, words, answered, waitingSince }: HeadChange): object => {
  const head = { lastSeq, ...words };
  if (answered && waitingSince) return { $set: { ...head, waitingSince } };
  if (answered) return { $set: head, $unset: { waitingSince: 1 } };
  // $min also sets a missing field: the first unanswered word counts.
  return waitingSince ? { $set: head, $min: { waitingSince } } : { $set: head };
};

/**
 * Keeps the heads of threads (last words, waiting since) in step with their messages. One write at a
 * time: what comes meanwhile goes together into the next one, so a busy town costs hardly more
 * writes than a quiet one and a quiet one waits for nothing.
 */
export class HeadProjection {
  private pending = new Map<string, HeadChange>();
  private running?: Promise<void>;

  constructor(private readonly conversations: Model<ConversationDoc>) {}

  /** Messages of one thread must come in their order; older ones than the head change nothing. */
  add(m: MessageDoc): void {
    this.pending.set(m.conversationId, inARow(this.pending.get(m.conversationId), changeBy(m)));
    // A failure shows in `settled`; what failed stays pending.
    this.start().catch(() => undefined);
  }

  /** Resolves when everything added so far is stored. @throws what kept it from being stored */
  async settled(): Promise<void> {
    while (this.pending.size || this.running) await this.start();
  }

  private start(): Promise<void> {
    this.running ??= this.write().finally(() => (this.running = undefined));
    return this.running;
  }

  private async write(): Promise<void> {
    // The other events of the same moment come first.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.pending.size) {
      const batch = this.pending;
      this.pending = new Map();
      try {
        await this.conversations.collection.bulkWrite(
          [...batch].map(([_id, change]) => ({
            updateOne: {
              filter: { _id, lastSeq: { $lt: change.lastSeq } } as never,
              update: updateOf(change),
            },
          })),
          { ordered: false },
        );
      } catch (error) {
        for (const [id, change] of batch) {
          const later = this.pending.get(id);
          this.pending.set(id, later ? inARow(change, later) : change);
        }
        throw error;
      }
    }
  }
}
