import type { ServerFrame } from '@alley-chief/shared/realtime';
import type { CardRegistry } from '../cards/registry';
import type { Change } from '../events/tail';
import type { Viewer } from '../http/viewer';
import type { ConversationDoc, MessageDoc } from '../modules/conversation/model';
import type { ConversationService } from '../modules/conversation/service';
import type { Connections } from './connections';

export interface FanoutDeps {
  connections: Connections;
  conversations: ConversationService;
  cards: CardRegistry;
  /** Whether a card outside the viewer's threads concerns them: a queue, a duty desk, an open list. */
  concerns: Record<string, (doc: Record<string, unknown>, viewer: Viewer) => boolean>;
  onDirectoryChange(): void;
  onModelChange(): void;
  /** What the assistant may quote has changed, here or on another node. */
  onKnowledgeChange(): void;
  onSessionRevoked(sessionId: string): void;
}

/** Collections whose documents are cards of their own, beside the threads they hang in. */
const cardCollections: Record<string, string> = {
  cases: 'case',
  helpRequests: 'help',
  bookings: 'booking',
};

/**
 * Changes worth hearing of. A message never changes for its readers once it is stored, and a thread's
 * projection is made by this very tail: both are kept from coming back.
 */
export const followed: Record<string, unknown>[] = [
  { 'ns.coll': 'messages', operationType: 'insert' },
  { 'ns.coll': 'conversations', 'updateDescription.updatedFields.lastSeq': { $exists: false } },
  {
    'ns.coll': {
      $in: [
        'sessions',
        'directoryVersions',
        'knowledgeVersions',
        'learningStates',
        ...Object.keys(cardCollections),
      ],
    },
  },
];

/** Turns stored changes into frames for those connected to this node. */
export class Fanout {
  constructor(private readonly deps: FanoutDeps) {}

  /** Changes of one thread stay in order. */
  keyOf = (change: Change): string => {
    if (!('ns' in change) || !('coll' in change.ns)) return '';
    const doc = 'fullDocument' in change ? (change.fullDocument as Partial<MessageDoc>) : undefined;
    return `${change.ns.coll}:${doc?.conversationId ?? ''}`;
  };

  /** Resolves when what was handled so far is stored wherever it had to be. */
  settled = (): Promise<void> => this.deps.conversations.projected();

  handle = async (change: Change): Promise<void> => {
    if (!('ns' in change) || !('coll' in change.ns)) return;
    const doc = 'fullDocument' in change ? change.fullDocument : undefined;
    switch (change.ns.coll) {
      case 'messages':
        if (change.operationType === 'insert') await this.message(doc as unknown as MessageDoc);
        return;
      case 'conversations':
        if (change.operationType === 'update')
          this.reads(change, doc as unknown as ConversationDoc);
        return;
      case 'directoryVersions':
        this.deps.onDirectoryChange();
        return;
      case 'learningStates':
        this.deps.onModelChange();
        return;
      case 'knowledgeVersions':
        this.deps.onKnowledgeChange();
        return;
      case 'sessions':
        if (doc?.['revokedAt']) this.deps.onSessionRevoked(String(doc['_id']));
        return;
      default:
        if (doc) await this.card(cardCollections[change.ns.coll] ?? '', doc);
    }
  };

  private async message(message: MessageDoc): Promise<void> {
    const { conversations, connections } = this.deps;
    const head = await conversations.head(message.conversationId);
    const online = head.memberIds.filter((id) => connections.isOnline(id));
    if (online.length) {
      const frameFor = await conversations.reading.frames(message);
      await Promise.all(
        online.map(async (personId) => {
          const [c] = connections.of(personId);
          if (c) connections.send(personId, await frameFor(c.viewer));
        }),
      );
    }
    conversations.project(message);
  }

  /** Read marks travel as the change of the conversation that holds them. */
  private reads(change: Change, doc: ConversationDoc | undefined): void {
    const updated =
      'updateDescription' in change ? (change.updateDescription?.updatedFields ?? {}) : {};
    for (const [key, seq] of Object.entries(updated)) {
      if (!key.startsWith('reads.') || !doc) continue;
      const personId = key.slice('reads.'.length);
      const frame: ServerFrame = {
        t: 'read',
        conversationId: doc._id,
        personId,
        name: '',
        seq: Number(seq),
      };
      for (const member of doc.memberIds) this.deps.connections.send(member, frame);
    }
  }

  private async card(type: string, doc: Record<string, unknown>): Promise<void> {
    const concerns = this.deps.concerns[type];
    if (!concerns) return;
    const viewers = [...this.deps.connections.viewers()].filter((v) => concerns(doc, v));
    if (viewers.length === 0) return;
    const show = await this.deps.cards.prepare([{ type, id: String(doc['_id']) }]);
    for (const viewer of viewers) {
      for (const card of await show(viewer)) {
        this.deps.connections.send(viewer.personId, { t: 'card', card });
      }
    }
  }

  /** Tells those who share a household thread with a person that they came or went. */
  async presence(personId: string, online: boolean): Promise<void> {
    const { items } = await this.deps.conversations.list(personId, {
      kind: 'household',
      limit: 100,
    });
    const told = new Set<string>();
    for (const { id } of items) {
      for (const member of (await this.deps.conversations.head(id)).memberIds) told.add(member);
    }
    told.delete(personId);
    for (const id of told) this.deps.connections.send(id, { t: 'presence', personId, online });
  }

  /** Typing is kept nowhere: it goes to this node's members only, which is where they mostly are. */
  async typing(conversationId: string, viewer: Viewer | undefined, name: string): Promise<void> {
    const head = await this.deps.conversations.head(conversationId);
    for (const id of head.memberIds) {
      if (id === viewer?.personId) continue;
      this.deps.connections.send(id, {
        t: 'typing',
        conversationId,
        personId: viewer?.personId,
        name,
      });
    }
  }
}
