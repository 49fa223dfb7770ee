import type { ConversationView, Outgoing, Sender } from '@alley-chief/shared/contract';
import { maskPapersIn } from '@alley-chief/shared/domain';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import { toneOf, type DirectoryService } from '../directory/service';
import type { FileService } from '../file/service';
import type { ConversationDoc, ConversationModels, MessageDoc } from './model';
import { isVisible, presentConversation } from './present';
import { HeadProjection } from './projection';
import { ThreadReading } from './reading';
import type { Draft, ThreadTx, Threads } from './thread';

export interface ConversationDeps {
  models: ConversationModels;
  threads: Threads;
  directory: DirectoryService;
  files: FileService;
  cards: CardRegistry;
}

/** Who may read a resident's words; undefined: every member. Must be quick: the sender waits. */
export type Screen = (text: string, personId: string) => string[] | undefined;

/** What the assistant is told when a resident's message has been stored. */
export type StoredListener = (message: MessageDoc, conversation: ConversationDoc) => void;

/** Threads between households and those who serve them, and between staff about a case. */
export class ConversationService {
  private readonly heads = new Map<string, { doc: ConversationDoc; at: number }>();
  private listener: StoredListener = () => undefined;
  private screen: Screen = () => undefined;
  private readonly projection: HeadProjection;
  /** Messages as a viewer may see them. */
  readonly reading: ThreadReading;

  constructor(private readonly deps: ConversationDeps) {
    this.projection = new HeadProjection(deps.models.conversations);
    this.reading = new ThreadReading({
      messages: deps.models.messages,
      files: deps.files,
      cards: deps.cards,
      stored: (id) => deps.models.conversations.findById(id).lean(),
      view: (doc, personId) => this.view(doc, personId),
    });
  }

  /** The assistant listens here; it is told after the acknowledgement, never before. */
  onResidentMessage(listener: StoredListener): void {
    this.listener = listener;
  }

  /** Decides before storing who may read what a resident says. */
  setScreen(screen: Screen): void {
    this.screen = screen;
  }

  /** Id of the one thread of a household. */
  static householdThread(householdId: string): string {
    return `h:${householdId}`;
  }

  static caseThread(caseId: string): string {
    return `c:${caseId}`;
  }

  /** Members, ground and titles; up to ten seconds old. @throws AppError notFound */
  async head(conversationId: string): Promise<ConversationDoc> {
    const known = this.heads.get(conversationId);
    if (known && Date.now() - known.at < 10_000) return known.doc;
    const doc = await this.deps.models.conversations.findById(conversationId).lean();
    if (!doc) throw new AppError('notFound');
    if (this.heads.size > 20_000) this.heads.clear();
    this.heads.set(conversationId, { doc, at: Date.now() });
    return doc;
  }

  forget(conversationId: string): void {
    this.heads.delete(conversationId);
  }

  async isMember(conversationId: string, personId: string): Promise<boolean> {
    return (await this.head(conversationId)).memberIds.includes(personId);
  }

  /** Says something as a person. Repeating a clientId returns the first message. */
  async post(conversationId: string, viewer: Viewer, out: Outgoing): Promise<MessageDoc> {
    const conversation = await this.head(conversationId);
    const draft = await this.draftOf(conversation, viewer, out);
    const { message, repeated } = await this.deps.threads.append(conversationId, draft);
    if (repeated && message.from.id !== viewer.personId) throw new AppError('conflict');
    if (!repeated && message.assistant) this.listener(message, conversation);
    return message;
  }

  private async draftOf(
    conversation: ConversationDoc,
    viewer: Viewer,
    out: Outgoing,
  ): Promise<Draft> {
    const from = await this.senderOf(viewer);
    const resident =
      conversation.kind === 'household' && conversation.householdId === viewer.householdId;
    const words =
      out.kind === 'text' ? out.text : out.kind === 'voice' ? out.transcript : undefined;
    const base = {
      visibleTo: resident && words ? this.screen(words, viewer.personId) : undefined,
      clientId: out.clientId,
      from,
      assistant: resident ? { state: 'pending' as const, attempts: 0 } : undefined,
    };
    switch (out.kind) {
      case 'text':
        return { ...base, kind: 'text', text: maskPapersIn(out.text) };
      case 'image':
        await this.deps.files.claim(out.fileId, viewer.personId, 'image');
        return {
          ...base,
          kind: 'image',
          fileId: out.fileId,
          text: out.text && maskPapersIn(out.text),
        };
      case 'voice':
        await this.deps.files.claim(out.fileId, viewer.personId, 'voice');
        return {
          ...base,
          kind: 'voice',
          fileId: out.fileId,
          seconds: out.seconds,
          text: out.transcript && maskPapersIn(out.transcript),
        };
      case 'location':
        return { ...base, kind: 'location', location: { ...out.point, name: out.name } };
    }
  }

  private async senderOf(viewer: Viewer): Promise<Sender> {
    const person = await this.deps.directory.person(viewer.personId);
    return {
      kind: 'person',
      id: person._id,
      name: person.name,
      surname: person.surname,
      title: await this.deps.directory.titleOf(person),
      tone: toneOf(person),
    };
  }

  /** A transaction of another module that also says something in a thread. */
  transact<T>(conversationId: string, work: (tx: ThreadTx) => Promise<T>): Promise<T> {
    return this.deps.threads.transact(conversationId, work);
  }

  /** Makes a thread, or brings its members up to date. Atomic, repeatable. */
  async ensure(doc: Omit<ConversationDoc, 'lastSeq' | 'lastText' | 'reads'>): Promise<void> {
    const { _id, memberIds, title, subtitle, ...rest } = doc;
    await this.deps.models.conversations.updateOne(
      { _id },
      {
        $set: { memberIds, title, subtitle },
        $setOnInsert: { ...rest, lastSeq: 0, lastText: '', reads: {} },
      },
      { upsert: true },
    );
    this.forget(_id);
  }

  async addMember(conversationId: string, personId: string): Promise<void> {
    await this.deps.models.conversations.updateOne(
      { _id: conversationId },
      { $addToSet: { memberIds: personId } },
    );
    this.forget(conversationId);
  }

  async view(doc: ConversationDoc, personId: string): Promise<ConversationView> {
    const names = await this.deps.directory.people(Object.keys(doc.reads));
    // The projection follows the events by milliseconds; the messages themselves are the truth.
    const last = await this.deps.models.messages
      .findOne({ conversationId: doc._id })
      .sort({ seq: -1 })
      .lean();
    const fresh = last && last.seq > doc.lastSeq ? { ...doc, lastSeq: last.seq } : doc;
    return presentConversation(fresh, personId, names, await this.unread(fresh, personId));
  }

  /** What other people said that this person may read and has not; 小同's own words do not count. */
  async unread(doc: ConversationDoc, personId: string): Promise<number> {
    const read = doc.reads[personId] ?? 0;
    if (read >= doc.lastSeq) return 0;
    return this.deps.models.messages.countDocuments({
      conversationId: doc._id,
      seq: { $gt: read },
      'from.kind': 'person',
      'from.id': { $ne: personId },
      $or: [{ visibleTo: { $exists: false } }, { visibleTo: personId }],
    });
  }

  async get(conversationId: string, personId: string): Promise<ConversationView> {
    const doc = await this.deps.models.conversations.findById(conversationId).lean();
    if (!doc) throw new AppError('notFound');
    return this.view(doc, personId);
  }

  /** Own conversations, newest first. */
  async list(
    personId: string,
    page: { kind?: 'household' | 'case'; cursor?: string; limit: number },
  ): Promise<{ items: ConversationView[]; nextCursor?: string }> {
    const before = page.cursor ? new Date(Number(page.cursor)) : undefined;
    const found = await this.deps.models.conversations
      .find({
        memberIds: personId,
        ...(page.kind ? { kind: page.kind } : {}),
        ...(before ? { lastAt: { $lt: before } } : {}),
      })
      .sort({ lastAt: -1, _id: 1 })
      .limit(page.limit + 1)
      .lean();
    const items = await Promise.all(found.slice(0, page.limit).map((d) => this.view(d, personId)));
    const last = found[page.limit - 1];
    const more = found.length > page.limit && last?.lastAt;
    return { items, nextCursor: more ? String(last.lastAt!.getTime()) : undefined };
  }

  /** Threads by id with their projections, for the chief's inbox. */
  async byIds(ids: readonly string[]): Promise<ConversationDoc[]> {
    return this.deps.models.conversations.find({ _id: { $in: ids } }).lean();
  }

  /** Only ever moves forward, and never past the last message. */
  async markRead(conversationId: string, personId: string, seq: number): Promise<number> {
    const last = await this.deps.models.messages
      .findOne({ conversationId })
      .sort({ seq: -1 })
      .select('seq')
      .lean();
    const upTo = Math.min(seq, last?.seq ?? 0);
    const doc = await this.deps.models.conversations
      .findOneAndUpdate(
        { _id: conversationId },
        { $max: { [`reads.${personId}`]: upTo } },
        { returnDocument: 'after' },
      )
      .lean();
    return doc?.reads[personId] ?? upTo;
  }

  /** Members may fetch what hangs in their threads, unless the message was not for them. */
  async guardsFile(fileId: string, personId: string): Promise<boolean> {
    for (const m of await this.deps.models.messages.find({ fileId }).limit(5).lean()) {
      if (isVisible(m, personId) && (await this.isMember(m.conversationId, personId))) return true;
    }
    return false;
  }

  /** The last messages before a sequence number, oldest first. */
  async before(conversationId: string, seq: number, limit: number): Promise<MessageDoc[]> {
    return this.deps.threads.before(conversationId, seq, limit);
  }

  /** Residents' messages the assistant has not finished, oldest first. */
  async pending(before: Date, limit: number): Promise<MessageDoc[]> {
    return this.deps.models.messages
      .find({ 'assistant.state': 'pending', at: { $lte: before } })
      .sort({ at: 1 })
      .limit(limit)
      .lean();
  }

  /**
   * Ends the assistant's work on a message, inside the transaction that carries out its outcome.
   * @returns false when somebody else already did: the transaction must then do nothing
   */
  async settle(tx: ThreadTx, messageId: string): Promise<boolean> {
    // The plain driver: this runs for every word said, and there is nothing to cast.
    const result = await this.deps.models.messages.collection.updateOne(
      { _id: messageId as never, 'assistant.state': 'pending' },
      { $set: { 'assistant.state': 'done' } },
      { session: tx.session },
    );
    return result.modifiedCount === 1;
  }

  /** Brings a thread's head up to a message, soon; older messages change nothing. */
  project(m: MessageDoc): void {
    this.projection.add(m);
  }

  /** Resolves when every head is up to what was projected so far. */
  projected(): Promise<void> {
    return this.projection.settled();
  }
}
