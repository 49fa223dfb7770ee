import type { ClientSession, Connection } from 'mongoose';
import type { Clock } from '../../kernel/clock';
import { newId } from '../../kernel/ids';
import { isDuplicateKey } from '../../kernel/mongoErrors';
import { KeyedMutex } from '../../kernel/mutex';
import { inTransaction } from '../../kernel/transaction';
import type { ConversationModels, MessageDoc } from './model';

/** A message before it has a place in its conversation. */
export type Draft = Omit<MessageDoc, '_id' | 'conversationId' | 'seq' | 'at'> & { _id?: string };

export interface ThreadTx {
  session: ClientSession;
  /** Appends to the conversation inside the transaction. */
  say: (draft: Draft) => Promise<MessageDoc>;
}

/** Messages of a thread kept in memory, and threads they are kept of. */
const rememberedMessages = 24;
const rememberedThreads = 2_000;

/**
 * Appends messages with gapless sequence numbers.
 *
 * One write a message: the next number is guessed from memory and the unique index
 * (conversation, seq) decides. Whoever loses reads the last number and tries again, so message n+1
 * never becomes visible before message n, on any number of nodes. The mutex only saves this node
 * from racing against itself.
 */
export class Threads {
  private readonly mutex = new KeyedMutex();
  private readonly lastSeq = new Map<string, number>();
  /** The last messages this node stored, without a gap; gone as soon as another node wrote too. */
  private readonly latest = new Map<string, MessageDoc[]>();

  constructor(
    private readonly db: Connection,
    private readonly models: ConversationModels,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores one message, or returns the earlier one when its clientId was stored before.
   * Majority write concern: once this returns the message is on disk.
   */
  append(
    conversationId: string,
    draft: Draft,
  ): Promise<{ message: MessageDoc; repeated: boolean }> {
    return this.mutex.run(conversationId, async () => {
      for (let attempt = 0; ; attempt++) {
        const message = this.place(conversationId, draft, await this.nextSeq(conversationId));
        try {
          await this.models.messages.collection.insertOne(message as never);
          this.remember(conversationId, [message]);
          return { message, repeated: false };
        } catch (error) {
          if (isDuplicateKey(error, 'clientId') && draft.clientId) {
            const earlier = await this.models.messages
              .findOne({ conversationId, clientId: draft.clientId })
              .lean();
            if (earlier) return { message: earlier, repeated: true };
          }
          if (!isDuplicateKey(error) || attempt >= 50) throw error;
          this.forget(conversationId);
        }
      }
    });
  }

  /**
   * A transaction that may say things in one conversation. Runs again from the start on conflicts:
   * `work` must compute everything from what it reads inside.
   */
  transact<T>(conversationId: string, work: (tx: ThreadTx) => Promise<T>): Promise<T> {
    return this.mutex.run(conversationId, async () => {
      for (let attempt = 0; ; attempt++) {
        try {
          let said: MessageDoc[] = [];
          const result = await inTransaction(this.db, async (session) => {
            said = [];
            return work({
              session,
              say: async (draft) => {
                const before = said.at(-1);
                const seq = before ? before.seq + 1 : await this.nextSeq(conversationId);
                const message = this.place(conversationId, draft, seq);
                await this.models.messages.collection.insertOne(message as never, { session });
                said.push(message);
                return message;
              },
            });
          });
          this.remember(conversationId, said);
          return result;
        } catch (error) {
          this.forget(conversationId);
          if (!isDuplicateKey(error, 'seq') || attempt >= 20) throw error;
        }
      }
    });
  }

  private place(conversationId: string, draft: Draft, seq: number): MessageDoc {
    return {
      ...draft,
      _id: draft._id ?? newId('m'),
      conversationId,
      seq,
      at: this.clock.now(),
    };
  }

  private async nextSeq(conversationId: string): Promise<number> {
    const known = this.lastSeq.get(conversationId);
    if (known !== undefined) return known + 1;
    const last = await this.models.messages
      .findOne({ conversationId })
      .sort({ seq: -1 })
      .select('seq')
      .lean();
    return (last?.seq ?? 0) + 1;
  }

  /**
   * The `limit` messages before a sequence number, oldest first. Words, sender and time never change
   * once stored, so memory is as good as the database; `assistant` may be older than it is there.
   */
  async before(conversationId: string, seq: number, limit: number): Promise<MessageDoc[]> {
    const first = Math.max(1, seq - limit);
    const known = this.latest.get(conversationId);
    if (known?.[0] && known[0].seq <= first && known.at(-1)!.seq >= seq - 1) {
      return known.filter((m) => m.seq >= first && m.seq < seq);
    }
    const found = await this.models.messages
      .find({ conversationId, seq: { $lt: seq } })
      .sort({ seq: -1 })
      .limit(limit)
      .lean();
    found.reverse();
    this.extend(conversationId, found);
    return found;
  }

  private remember(conversationId: string, stored: readonly MessageDoc[]): void {
    const [first] = stored;
    if (!first) return;
    // Bounded: forgetting only costs one indexed read.
    if (this.lastSeq.size > 20_000) this.lastSeq.clear();
    this.lastSeq.set(conversationId, stored.at(-1)!.seq);
    const known = this.latest.get(conversationId);
    const joins = known?.at(-1)?.seq === first.seq - 1;
    if (!known && this.latest.size >= rememberedThreads) this.latest.clear();
    this.latest.set(
      conversationId,
      (joins ? [...known, ...stored] : [...stored]).slice(-rememberedMessages),
    );
  }

  /** Puts what was read in front of what is remembered, where the two meet. */
  private extend(conversationId: string, earlier: readonly MessageDoc[]): void {
    const known = this.latest.get(conversationId);
    const first = known?.[0]?.seq;
    if (!known || first === undefined) return;
    const older = earlier.filter((m) => m.seq < first);
    if (older.at(-1)?.seq === first - 1) {
      this.latest.set(conversationId, [...older, ...known].slice(-rememberedMessages));
    }
  }

  private forget(conversationId: string): void {
    this.lastSeq.delete(conversationId);
    this.latest.delete(conversationId);
  }
}
