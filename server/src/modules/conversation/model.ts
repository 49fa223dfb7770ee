import { Schema, type Connection, type Model } from 'mongoose';
import type { Chip, Sender } from '@alley-chief/shared/contract';

export interface ConversationDoc {
  _id: string;
  kind: 'household' | 'case';
  householdId?: string;
  caseId?: string;
  areaPath: string;
  title: string;
  subtitle: string;
  plate?: string;
  memberIds: string[];
  /** Projection of the messages, made from their events; never the source of a seq. */
  lastSeq: number;
  lastText: string;
  lastAt?: Date;
  lastFromId?: string;
  /** Since when somebody of the household waits for a person's answer. */
  waitingSince?: Date;
  /** Highest seq read, by person. */
  reads: Record<string, number>;
}

/** A card named by type and id; its content is made for each viewer when it is shown. */
export interface CardRef {
  type: string;
  id: string;
}

export interface MessageDoc {
  _id: string;
  conversationId: string;
  /** Without gaps: message n+1 can only exist once n does (unique index). */
  seq: number;
  clientId?: string;
  from: Sender;
  kind: 'text' | 'image' | 'voice' | 'location' | 'card' | 'notice';
  text?: string;
  fileId?: string;
  seconds?: number;
  location?: { longitude: number; latitude: number; name?: string };
  card?: CardRef;
  /** Content of cards that never change (answers). */
  staticCard?: unknown;
  /** Cards this message changed; their newest state travels with it. */
  about?: CardRef[];
  chips?: Chip[];
  /**
   * The only people who may read it. A word about somebody who reads the same thread (a complaint
   * about the chief) must not reach them; others get an empty notice in its place, so that the
   * numbering shows no gap.
   */
  visibleTo?: string[];
  at: Date;
  /**
   * Present on what a resident said. `pending` is the assistant's work queue: it is part of the
   * message, so acknowledging the message and queueing the work are one write.
   */
  assistant?: { state: 'pending' | 'done'; attempts: number };
}

export interface ConversationModels {
  conversations: Model<ConversationDoc>;
  messages: Model<MessageDoc>;
}

const opts = { versionKey: false as const, autoIndex: false, minimize: false };

export const defineConversations = (db: Connection): ConversationModels => {
  const conversation = new Schema<ConversationDoc>(
    {
      _id: String,
      kind: { type: String, enum: ['household', 'case'], required: true },
      householdId: String,
      caseId: String,
      areaPath: { type: String, required: true },
      title: String,
      subtitle: { type: String, default: '' },
      plate: String,
      memberIds: [String],
      lastSeq: { type: Number, default: 0 },
      lastText: { type: String, default: '' },
      lastAt: Date,
      lastFromId: String,
      waitingSince: Date,
      reads: { type: Schema.Types.Mixed, default: {} },
    },
    opts,
  );
  conversation.index({ memberIds: 1, lastAt: -1, _id: 1 });
  conversation.index({ householdId: 1 }, { sparse: true });

  const message = new Schema<MessageDoc>(
    {
      _id: String,
      conversationId: { type: String, required: true },
      seq: { type: Number, required: true },
      clientId: String,
      from: { type: Schema.Types.Mixed, required: true },
      kind: { type: String, required: true },
      text: String,
      fileId: String,
      seconds: Number,
      location: { type: Schema.Types.Mixed },
      card: { type: Schema.Types.Mixed },
      staticCard: { type: Schema.Types.Mixed },
      about: { type: Schema.Types.Mixed },
      chips: { type: Schema.Types.Mixed },
      visibleTo: { type: [String], default: undefined },
      at: { type: Date, required: true },
      assistant: { type: Schema.Types.Mixed },
    },
    opts,
  );
  message.index({ conversationId: 1, seq: 1 }, { unique: true });
  message.index(
    { conversationId: 1, clientId: 1 },
    { unique: true, partialFilterExpression: { clientId: { $exists: true } } },
  );
  message.index({ fileId: 1 }, { sparse: true });
  message.index(
    { at: 1 },
    { partialFilterExpression: { 'assistant.state': 'pending' }, name: 'pending' },
  );
  return {
    conversations: db.model<ConversationDoc>('Conversation', conversation, 'conversations'),
    messages: db.model<MessageDoc>('Message', message, 'messages'),
  };
};
