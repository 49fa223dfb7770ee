import type { Model } from 'mongoose';
import type {
  Card,
  ConversationView,
  MessageView,
  MessagesPage,
} from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import type { FileService } from '../file/service';
import type { CardRef, ConversationDoc, MessageDoc } from './model';
import { isVisible, presentMessage, veil } from './present';

export interface ReadingDeps {
  messages: Model<MessageDoc>;
  files: FileService;
  cards: CardRegistry;
  stored(conversationId: string): Promise<ConversationDoc | null>;
  view(doc: ConversationDoc, personId: string): Promise<ConversationView>;
}

/** Messages a resume brings for one thread at once; the rest comes with the next. */
const syncLimit = 200;

/** Messages as one viewer may see them, with the newest state of their cards. */
export class ThreadReading {
  constructor(private readonly deps: ReadingDeps) {}

  /** History as one viewer sees it. `before` excludes; `after` excludes. */
  async history(
    conversationId: string,
    viewer: Viewer,
    range: { before?: number; after?: number; limit: number },
  ): Promise<MessagesPage> {
    const forward = range.after !== undefined;
    const seq = forward
      ? { $gt: range.after }
      : range.before !== undefined
        ? { $lt: range.before }
        : { $gt: 0 };
    const found = await this.deps.messages
      .find({ conversationId, seq })
      .sort({ seq: forward ? 1 : -1 })
      .limit(range.limit + 1)
      .lean();
    const hasMore = found.length > range.limit;
    const page = found.slice(0, range.limit).sort((a, b) => a.seq - b.seq);
    const { messages, cards } = await this.present(page, viewer);
    return { messages, cards, hasMore };
  }

  /** Messages with the newest state of their cards, for one viewer. */
  async present(
    stored: readonly MessageDoc[],
    viewer: Viewer,
  ): Promise<{ messages: MessageView[]; cards: Card[] }> {
    const docs = stored.map((m) => (isVisible(m, viewer.personId) ? m : veil(m)));
    const files = await this.deps.files.views(
      docs.flatMap((d) => d.fileId ?? []),
      viewer.personId,
    );
    const statics = docs.flatMap((d) => (d.staticCard ? [d.staticCard as Card] : []));
    const show = await this.deps.cards.prepare(docs.flatMap(refsOf));
    return {
      messages: docs.map((d) => presentMessage(d, d.fileId ? files.get(d.fileId) : undefined)),
      cards: [...statics, ...(await show(viewer))],
    };
  }

  /** A message's frame for any number of viewers: its cards' subjects are loaded once. */
  async frames(message: MessageDoc): Promise<(viewer: Viewer) => Promise<ServerFrame>> {
    const show = await this.deps.cards.prepare(refsOf(message));
    return async (viewer) => {
      const seen = isVisible(message, viewer.personId);
      const doc = seen ? message : veil(message);
      const files = await this.deps.files.views(doc.fileId ? [doc.fileId] : [], viewer.personId);
      const still = doc.staticCard ? [doc.staticCard as Card] : [];
      return {
        t: 'message',
        message: presentMessage(doc, doc.fileId ? files.get(doc.fileId) : undefined),
        cards: seen ? [...still, ...(await show(viewer))] : [],
      };
    };
  }

  async frameOf(message: MessageDoc, viewer: Viewer): Promise<ServerFrame> {
    return (await this.frames(message))(viewer);
  }

  /** What a client missed in the threads it holds. */
  async missed(viewer: Viewer, cursors: Record<string, number>): Promise<ServerFrame[]> {
    const frames: ServerFrame[] = [];
    let more = false;
    for (const [conversationId, after] of Object.entries(cursors).slice(0, 100)) {
      const head = await this.deps.stored(conversationId);
      if (!head?.memberIds.includes(viewer.personId)) continue;
      const page = await this.history(conversationId, viewer, { after, limit: syncLimit });
      more ||= page.hasMore;
      for (const message of page.messages) {
        const refs = new Set([message.card && `${message.card.type}:${message.card.id}`]);
        frames.push({
          t: 'message',
          message,
          cards: page.cards.filter((c) => refs.has(`${c.type}:${c.id}`)),
        });
      }
      // Cards changed by notices come once, after the messages, in their newest state.
      for (const card of page.cards) frames.push({ t: 'card', card });
      frames.push({ t: 'conversation', conversation: await this.deps.view(head, viewer.personId) });
    }
    frames.push({ t: 'resumed', more });
    return frames;
  }
}

/** Every card a message shows or changed. */
export const refsOf = (m: MessageDoc): CardRef[] => [
  ...(m.card && !m.staticCard ? [m.card] : []),
  ...(m.about ?? []),
];
