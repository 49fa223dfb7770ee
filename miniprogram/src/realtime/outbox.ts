import type { Outgoing } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import type { ApiError } from '../api/errors';
import { waitBefore } from './backoff';
import type { Timers } from './timers';

/** A picture or voice clip that still has to be uploaded before its message can be sent. */
export interface PendingFile {
  /** Local path; may be one of the kept ones. */
  path: string;
  fileName: string;
}

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** What is to be said, its file not yet uploaded. */
export type Draft = Without<Outgoing, 'clientId' | 'fileId'> & { fileId?: string };

/** `stored` waits for the network, `sending` is under way, `failed` was refused and waits for a tap. */
export type EntryState = 'stored' | 'sending' | 'failed';

export interface Entry {
  clientId: string;
  conversationId: string;
  draft: Draft;
  file?: PendingFile;
  state: EntryState;
  /** Why it failed: the server's sentence. */
  problem?: string;
  /** ms */
  at: number;
}

export interface OutboxDeps {
  timers: Timers;
  /** Reads what is stored for this person. */
  load: () => Entry[];
  save: (entries: Entry[]) => void;
  newClientId: () => string;
  /** Uploads a file. @throws ApiError */
  upload: (file: PendingFile) => Promise<{ id: string }>;
  /** Sends one message and answers with its `message` frame. Repeating a clientId is harmless. @throws ApiError */
  deliver: (conversationId: string, message: Outgoing) => Promise<ServerFrame>;
  problemOf: (error: unknown) => ApiError;
  /** The acknowledgement, before the entry leaves the list. */
  onDelivered: (frame: ServerFrame, entry: Entry) => void;
  onChange: (entries: readonly Entry[]) => void;
}

export interface Outbox {
  entries: () => readonly Entry[];
  /** Shows and stores a message at once, and sends it as soon as its turn comes. Answers its clientId. */
  say: (conversationId: string, draft: Draft, file?: PendingFile) => string;
  /** Tries a failed one again, with the same clientId. */
  resend: (clientId: string) => void;
  /** Takes back one that is not under way. */
  drop: (clientId: string) => void;
  /** The network is back: do not wait. */
  flush: () => void;
  stop: () => void;
}

/**
 * What was said and is not acknowledged yet. Each conversation is a lane of its own: one message at a time, in
 * order, the same clientId on every attempt, so that the server sees each once however often it is sent. No
 * answer keeps the lane waiting; a refusal steps aside as `failed` and lets the others pass.
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { timers } = deps;
  // Whatever was under way when the program ended may or may not have arrived: it is sent again.
  let list: Entry[] = deps
    .load()
    .map((entry) => (entry.state === 'sending' ? { ...entry, state: 'stored' as const } : entry));
  const running = new Set<string>();
  let attempts = 0;
  let waiting: (() => void) | undefined;
  let stopped = false;

  const changed = () => deps.onChange(list);

  /** Two tabs of one person share the storage: only our own entries are changed in it. */
  function store(clientId: string, entry: Entry | undefined): void {
    list = replaced(list, clientId, entry);
    deps.save(replaced(deps.load(), clientId, entry));
    changed();
  }

  const find = (clientId: string) => list.find((entry) => entry.clientId === clientId);
  const nextIn = (conversationId: string) =>
    list.find((entry) => entry.conversationId === conversationId && entry.state !== 'failed');

  async function run(conversationId: string): Promise<void> {
    if (running.has(conversationId)) return;
    running.add(conversationId);
    try {
      for (;;) {
        const entry = nextIn(conversationId);
        if (!entry || stopped) return;
        if (!(await attempt(entry))) return;
      }
    } finally {
      running.delete(conversationId);
    }
  }

  /** One attempt. False when the lane must wait for the network. */
  async function attempt(entry: Entry): Promise<boolean> {
    const { clientId } = entry;
    store(clientId, { ...entry, state: 'sending' });
    try {
      const ready = await uploaded(entry);
      const frame = await deps.deliver(ready.conversationId, outgoingOf(ready));
      attempts = 0;
      deps.onDelivered(frame, ready);
      store(clientId, undefined);
      return true;
    } catch (error) {
      const problem = deps.problemOf(error);
      const current = find(clientId);
      if (!current) return true;
      if (problem.retryable) {
        store(clientId, { ...current, state: 'stored' });
        waitThenFlush();
        return false;
      }
      store(clientId, { ...current, state: 'failed', problem: problem.message });
      return true;
    }
  }

  /** Uploads the file once; its id is stored, so that a later attempt sends only the message. */
  async function uploaded(entry: Entry): Promise<Entry> {
    if (!entry.file || entry.draft.fileId) return entry;
    const { id } = await deps.upload(entry.file);
    const ready = { ...entry, state: 'sending' as const, draft: { ...entry.draft, fileId: id } };
    store(entry.clientId, ready);
    return ready;
  }

  function waitThenFlush(): void {
    if (stopped) return;
    waiting?.();
    waiting = timers.after(waitBefore(attempts++, timers.chance()), flush);
  }

  function flush(): void {
    waiting?.();
    waiting = undefined;
    if (stopped) return;
    for (const id of new Set(list.map((entry) => entry.conversationId))) void run(id);
  }

  return {
    entries: () => list,
    say(conversationId, draft, file) {
      const clientId = deps.newClientId();
      store(clientId, {
        clientId,
        conversationId,
        draft,
        ...(file && { file }),
        state: 'stored',
        at: timers.now(),
      });
      void run(conversationId);
      return clientId;
    },
    resend(clientId) {
      const entry = find(clientId);
      if (entry?.state !== 'failed') return;
      const { problem: _, ...rest } = entry;
      store(clientId, { ...rest, state: 'stored' });
      void run(entry.conversationId);
    },
    drop(clientId) {
      const entry = find(clientId);
      if (entry && entry.state !== 'sending') store(clientId, undefined);
    },
    flush() {
      attempts = 0;
      flush();
    },
    stop() {
      stopped = true;
      waiting?.();
    },
  };
}

/** The list with one entry put in, changed or (undefined) taken out; order stays. */
function replaced(list: readonly Entry[], clientId: string, entry: Entry | undefined): Entry[] {
  if (!entry) return list.filter((one) => one.clientId !== clientId);
  return list.some((one) => one.clientId === clientId)
    ? list.map((one) => (one.clientId === clientId ? entry : one))
    : [...list, entry];
}

// The file of a picture or clip is uploaded before this is asked for: see `uploaded`.
const outgoingOf = ({ clientId, draft }: Entry): Outgoing => ({ ...draft, clientId }) as Outgoing;
