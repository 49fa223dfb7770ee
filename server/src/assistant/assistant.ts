import type { Clock } from '../kernel/clock';
import type { Logger } from '../kernel/logger';
import { KeyedMutex } from '../kernel/mutex';
import { CaseMoved } from '../modules/case/notes';
import { LoadMoved } from '../modules/case/workload';
import type { MessageDoc } from '../modules/conversation/model';
import type { ConversationService } from '../modules/conversation/service';
import type { Outcomes } from './outcomes';

export interface AssistantDeps {
  conversations: ConversationService;
  outcomes: Outcomes;
  clock: Clock;
  log: Logger;
}

/** A message still pending after this long was left behind by a node that died. */
const orphanMs = 5_000;
const sweepMs = 2_000;

/**
 * Answers residents. The queue is the `pending` mark inside the messages themselves: the node that
 * stored a message works on it at once, and any node's sweep picks up what another left behind.
 * Finishing and marking done are one transaction, so every message is answered exactly once.
 */
export class Assistant {
  private readonly mutex = new KeyedMutex();
  private readonly busy = new Set<Promise<unknown>>();
  /** Messages taken and not finished: the sweep must not queue them a second time. */
  private readonly taken = new Set<string>();
  private timer?: NodeJS.Timeout;
  private stopping = false;

  constructor(private readonly deps: AssistantDeps) {}

  start(): void {
    this.deps.conversations.onResidentMessage((message) => this.take(message));
    this.timer = setInterval(() => void this.sweep(), sweepMs);
    void this.sweep(0);
  }

  /** Finishes what it began; the rest stays pending for the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.allSettled([...this.busy]);
  }

  /** Resolves when nothing taken so far is unfinished. For tests. */
  async idle(): Promise<void> {
    while (this.busy.size) await Promise.allSettled([...this.busy]);
  }

  private take(message: MessageDoc): void {
    if (this.stopping || this.taken.has(message._id)) return;
    this.taken.add(message._id);
    // One household's messages are answered in the order they were said.
    const work = this.mutex
      .run(message.conversationId, () => this.answer(message))
      .catch((error: unknown) => {
        this.deps.log.error({ messageId: message._id, err: String(error) }, 'answering failed');
      })
      .finally(() => {
        this.taken.delete(message._id);
        this.busy.delete(work);
      });
    this.busy.add(work);
  }

  private async answer(message: MessageDoc): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.deps.outcomes.carryOut(message, attempt < 3);
        return;
      } catch (error) {
        const moved = error instanceof LoadMoved || error instanceof CaseMoved;
        if (!moved || attempt >= 6) throw error;
      }
    }
  }

  private async sweep(age = orphanMs): Promise<void> {
    try {
      const before = new Date(this.deps.clock.now().getTime() - age);
      for (const m of await this.deps.conversations.pending(before, 200)) this.take(m);
    } catch (error) {
      this.deps.log.warn({ err: String(error) }, 'sweep failed, will try again');
    }
  }
}
