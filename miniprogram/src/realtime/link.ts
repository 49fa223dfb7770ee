import type { ClientFrame, ServerFrame } from '@alley-chief/shared/realtime';
import type { Socket, SocketEvents } from '../platform';
import { waitBefore } from './backoff';
import type { Timers } from './timers';

/**
 * `live`: frames arrive by themselves. `polling`: sockets fail but the server answers calls.
 * `offline`: neither. `connecting`: not known yet.
 */
export type LinkState = 'idle' | 'connecting' | 'live' | 'polling' | 'offline';

export interface LinkDeps {
  timers: Timers;
  open: (events: SocketEvents) => Socket;
  /** Access token for the first frame. */
  token: () => string | undefined;
  /** A renewed token after the old one was refused; undefined when the session is over or nobody answered. */
  renew: () => Promise<string | undefined>;
  /** Highest seq held, by conversation. */
  cursors: () => Record<string, number>;
  /** `POST /sync`. @throws when no answer came */
  sync: (cursors: Record<string, number>) => Promise<ServerFrame[]>;
  onFrame: (frame: ServerFrame) => void;
  onState: (state: LinkState) => void;
}

export interface Link {
  start: () => void;
  stop: () => void;
  /** Network came back or the program came to the front: do not wait for the back-off. */
  wake: () => void;
  /** The network is gone, says the phone: no need to wait for a time-out. */
  lost: () => void;
  /** False when the socket is not open and signed in; callers then use REST. */
  send: (frame: ClientFrame) => boolean;
  /** Asks for what is missing (a gap was seen, a conversation was opened). */
  resume: () => void;
}

const pingEvery = 20_000;
/** A server that says nothing for this long after a ping is gone. */
const pongWithin = 10_000;
/** A socket that does not open and greet within this long counts as failed. */
const greetWithin = 8_000;
/** After this many failed sockets in a row, frames are fetched. */
const failuresBeforePolling = 2;
/** While fetching, the wait stays at the one of this attempt (2 to 4 s): messages come no other way. */
const pollingAttempt = 3;

/** The WebSocket with everything around it: sign-in, resume, heartbeat, back-off, and polling as the way out. */
export function createLink(deps: LinkDeps): Link {
  const { timers } = deps;
  let socket: Socket | undefined;
  let state: LinkState = 'idle';
  let failures = 0;
  let stopped = true;
  let renewed = false;
  let asked = '';
  /** Everything one attempt has pending; called off together. */
  let pending: (() => void)[] = [];
  let pongTimer: (() => void) | undefined;

  const later = (ms: number, work: () => void): (() => void) => {
    const off = timers.after(ms, () => {
      pending = pending.filter((one) => one !== off);
      work();
    });
    pending.push(off);
    return off;
  };
  const calm = () => {
    pending.forEach((off) => off());
    pending = [];
    pongTimer?.();
    pongTimer = undefined;
  };
  const become = (next: LinkState) => {
    if (next === state) return;
    state = next;
    deps.onState(next);
  };
  const raw = (frame: ClientFrame): boolean => socket?.send(JSON.stringify(frame)) ?? false;

  function connect(): void {
    if (stopped) return;
    const token = deps.token();
    if (!token) return;
    calm();
    // What is known to fail stays said until it works again: the banner must not flicker.
    if (state === 'idle') become('connecting');
    let over = false;
    const fail = () => {
      if (over) return;
      over = true;
      if (mine === socket) socket = undefined;
      mine.close();
      retry();
    };
    const mine: Socket = deps.open({
      onOpen: () => void (mine === socket && raw({ t: 'auth', token })),
      onText: (text) => {
        if (mine === socket) receive(text, fail);
      },
      onClose: () => {
        if (mine === socket) fail();
      },
    });
    socket = mine;
    later(greetWithin, () => {
      if (state !== 'live') fail();
    });
  }

  function receive(text: string, fail: () => void): void {
    let frame: ServerFrame;
    try {
      frame = JSON.parse(text) as ServerFrame;
    } catch {
      return;
    }
    pongTimer?.();
    pongTimer = undefined;
    if (frame.t === 'hello') {
      failures = 0;
      renewed = false;
      calm();
      become('live');
      asked = '';
      askForMore();
      heartbeat(fail);
    } else if (frame.t === 'error' && frame.code === 'unauthenticated') {
      void signInAgain(fail);
    } else if (frame.t === 'resumed' && frame.more) {
      askForMore();
    }
    if (frame.t !== 'pong') deps.onFrame(frame);
  }

  /** Resumes from where we are, unless the last round brought us no further. */
  function askForMore(): void {
    const cursors = deps.cursors();
    const question = JSON.stringify(cursors);
    if (question === asked) return;
    asked = question;
    raw({ t: 'resume', cursors });
  }

  /** The token ran out meanwhile: renew it once and greet again on the same socket. */
  async function signInAgain(fail: () => void): Promise<void> {
    if (renewed) return fail();
    renewed = true;
    const mine = socket;
    const token = await deps.renew();
    if (stopped || mine !== socket) return;
    if (!token || !raw({ t: 'auth', token })) fail();
  }

  function heartbeat(fail: () => void): void {
    later(pingEvery, () => {
      if (!raw({ t: 'ping' })) return fail();
      pongTimer = timers.after(pongWithin, fail);
      heartbeat(fail);
    });
  }

  function retry(): void {
    calm();
    if (stopped) return;
    failures += 1;
    if (failures > failuresBeforePolling) void poll();
    else if (state === 'live') become('connecting');
    const attempt = state === 'polling' ? Math.min(failures - 1, pollingAttempt) : failures - 1;
    later(waitBefore(attempt, timers.chance()), connect);
  }

  /** One round of fetching; the next one comes with the next failed attempt to connect. */
  async function poll(): Promise<void> {
    try {
      let before: string;
      let more: boolean;
      do {
        const cursors = deps.cursors();
        before = JSON.stringify(cursors);
        const frames = await deps.sync(cursors);
        if (stopped || state === 'live') return;
        become('polling');
        frames.forEach(deps.onFrame);
        more = frames.some((frame) => frame.t === 'resumed' && frame.more);
      } while (more && before !== JSON.stringify(deps.cursors()));
    } catch {
      if (!stopped && state !== 'live') become('offline');
    }
  }

  /** The connection is known to be gone. */
  function lost(): void {
    if (stopped) return;
    calm();
    const old = socket;
    socket = undefined;
    old?.close();
    become('offline');
    failures = Math.max(failures, 1);
    later(waitBefore(failures, timers.chance()), connect);
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      failures = 0;
      connect();
    },
    stop() {
      stopped = true;
      calm();
      const old = socket;
      socket = undefined;
      old?.close();
      become('idle');
    },
    wake() {
      if (stopped) return;
      if (state === 'live') {
        // The socket may have died while the phone slept: a ping tells within seconds.
        if (raw({ t: 'ping' })) pongTimer ??= timers.after(pongWithin, lost);
        return;
      }
      failures = 0;
      const old = socket;
      socket = undefined;
      old?.close();
      connect();
    },
    lost,
    send: (frame) => state === 'live' && raw(frame),
    resume() {
      if (state === 'live') {
        asked = '';
        askForMore();
      } else if (!stopped && state !== 'idle') void poll();
    },
  };
}
