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
  say(draft: Draft): Promise<MessageDoc>;
}

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
          this.remember(conversationId, message.seq);
          return { message, repeated: false };
        } catch (error) {
          if (isDuplicateKey(error, 'clientId') && draft.clientId) {
            const earlier = await this.models.messages
              .findOne({ conversationId, clientId: draft.clientId })
              .lean();
            if (earlier) return { message: earlier, repeated: true };
          }
          if (!isDuplicateKey(error) || attempt >= 50) throw error;
          this.lastSeq.delete(conversationId);
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
          let last = 0;
          const result = await inTransaction(this.db, async (session) => {
            last = 0;
            return work({
              session,
              say: async (draft) => {
                last = last ? last + 1 : await this.nextSeq(conversationId);
                const message = this.place(conversationId, draft, last);
                await this.models.messages.collection.insertOne(message as never, { session });
                return message;
              },
            });
          });
          if (last) this.remember(conversationId, last);
          return result;
        } catch (error) {
          this.lastSeq.delete(conversationId);
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

  private remember(conversationId: string, seq: number): void {
    // Bounded: forgetting only costs one indexed read.
    if (this.lastSeq.size > 20_000) this.lastSeq.clear();
    this.lastSeq.set(conversationId, seq);
  }
}
