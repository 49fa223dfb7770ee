import type { Outgoing } from '@alley-chief/shared/contract';
import type { ClientFrame, ServerFrame } from '@alley-chief/shared/realtime';
import { api, baseUrl, newClientId, problemOf, renewToken, tokens, uploadFile } from '../api';
import { ApiError } from '../api';
import {
  dropKept,
  getItem,
  isH5,
  onNetworkChange,
  onPageLost,
  onVisibleChange,
  openKept,
  openSocket,
  setItem,
  toast,
} from '../platform';
import { createLink } from '../realtime/link';
import { createOutbox } from '../realtime/outbox';
import type { Entry, Outbox } from '../realtime/outbox';
import { realTimers } from '../realtime/timers';
import { onFrames, tellFrame } from './frames';
import { link as linkState } from './network';
import { forgetRemembered, rememberThread, restoreThread } from './remembered';
import { session } from './session';
import { createStore, useStore } from './store';
import { cursors, foldFrame, forgetThreads } from './threads';

/** What was said here and is not acknowledged yet. */
const unsent = createStore<readonly Entry[]>([]);
export const useUnsent = (): readonly Entry[] => useStore(unsent);

const socketUrl = (): string =>
  isH5 && !baseUrl
    ? `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/ws`
    : `${baseUrl.replace(/^http/, 'ws')}/ws`;

/** Frames sent over the socket that wait for their answer, by clientId. */
const awaited = new Map<string, (frame: ServerFrame) => void>();
/** An answer later than this is asked for again by REST; the clientId makes that harmless. */
const answerWithin = 6_000;

const link = createLink({
  timers: realTimers,
  open: (events) => openSocket(socketUrl(), events),
  token: tokens.access,
  renew: renewToken,
  cursors,
  sync: async (held) => (await api('POST /sync', { body: { cursors: held } })).frames,
  onFrame: tellFrame,
  onState(state) {
    linkState.set(state);
    if (state === 'live' || state === 'polling') outbox?.flush();
  },
});

/** Sends a frame that needs no answer. False when there is no socket. */
export const sendFrame = (frame: ClientFrame): boolean => link.send(frame);

onFrames((frame) => {
  const clientId =
    frame.t === 'message'
      ? frame.message.clientId
      : frame.t === 'error'
        ? frame.clientId
        : undefined;
  if (clientId) awaited.get(clientId)?.(frame);
  if (foldFrame(frame)) link.resume();
});

/** Over the socket while it is live, by REST otherwise or when no answer comes. */
async function deliver(conversationId: string, message: Outgoing): Promise<ServerFrame> {
  const answer = new Promise<ServerFrame | undefined>((resolve) => {
    awaited.set(message.clientId, resolve);
    if (!link.send({ t: 'send', conversationId, message })) resolve(undefined);
    else setTimeout(() => resolve(undefined), answerWithin);
  });
  const frame = await answer.finally(() => awaited.delete(message.clientId));
  if (frame?.t === 'message') return frame;
  // A refusal over the socket carries no status: REST says it properly.
  return api('POST /conversations/:id/messages', { params: { id: conversationId }, body: message });
}

async function uploadKept(file: { path: string; fileName: string }): Promise<{ id: string }> {
  const path = await openKept(file.path);
  if (!path) throw new ApiError('badFile', '这张照片找不到了，重拍一张吧', 404);
  return uploadFile(path, file.fileName);
}

let outbox: Outbox | undefined;
let stopFrames: (() => void) | undefined;
let personId: string | undefined;

function start(id: string): void {
  const key = `outbox:${id}`;
  personId = id;
  restoreThread(id);
  outbox = createOutbox({
    timers: realTimers,
    load: () => getItem<Entry[]>(key) ?? [],
    save: (entries) => void setItem(key, entries),
    newClientId,
    upload: uploadKept,
    deliver,
    problemOf,
    onDelivered(frame, entry) {
      tellFrame(frame);
      if (entry.file) dropKept(entry.file.path);
    },
    onChange: (entries) => unsent.set(entries),
  });
  unsent.set(outbox.entries());
  stopFrames = onFrames((frame) => {
    if (frame.t === 'message') rememberThread(id, frame.message.conversationId);
  });
  link.start();
}

function stop(): void {
  link.stop();
  outbox?.stop();
  stopFrames?.();
  if (personId) forgetRemembered(personId);
  outbox = undefined;
  personId = undefined;
  unsent.set([]);
  forgetThreads();
}

/** Follows the session: connects when somebody signs in, lets go of everything when they leave. */
function follow(): void {
  const id = session.get()?.id;
  if (id === personId) return;
  if (personId) stop();
  if (id) start(id);
}

let running = false;

/** Called by the pages' shells; the first call starts everything. */
export function run(): void {
  if (running) return;
  running = true;
  session.watch(follow);
  follow();
  onNetworkChange((online) => (online ? link.wake() : link.lost()));
  onVisibleChange((visible) => {
    if (visible) link.wake();
  });
  onPageLost(() => toast('这会儿没有网，这一页先打不开'));
}

export const say: Outbox['say'] = (...args) => outbox?.say(...args) ?? '';
export const resend = (clientId: string): void => outbox?.resend(clientId);
export const dropUnsent = (clientId: string): void => outbox?.drop(clientId);
