import type { ClientFrame, ServerFrame } from '@alley-chief/shared/realtime';
import type { SocketEvents } from '../../../miniprogram/src/platform/socket';
import { createLink } from '../../../miniprogram/src/realtime/link';
import { handClock } from './support';

/** Sockets that do what the test says. */
function line(options: { sync?: () => Promise<ServerFrame[]>; renew?: string } = {}) {
  const clock = handClock();
  const sockets: { events: SocketEvents; sent: ClientFrame[]; closed: boolean }[] = [];
  const states: string[] = [];
  const frames: ServerFrame[] = [];
  const sync = jest.fn(options.sync ?? (() => Promise.reject(new Error('offline'))));
  let token = 'good';
  const link = createLink({
    timers: clock.timers,
    open(events) {
      const socket = { events, sent: [] as ClientFrame[], closed: false };
      sockets.push(socket);
      return {
        send(text) {
          if (socket.closed) return false;
          socket.sent.push(JSON.parse(text) as ClientFrame);
          return true;
        },
        close() {
          socket.closed = true;
        },
      };
    },
    token: () => token,
    renew: () => Promise.resolve((token = options.renew ?? '') || undefined),
    cursors: () => ({ h1: 4 }),
    sync,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
  });
  const last = () => sockets.at(-1)!;
  const say = (frame: ServerFrame) => last().events.onText(JSON.stringify(frame));
  const hello = () => say({ t: 'hello', personId: 'p', now: '' });
  return { clock, link, sockets, states, frames, sync, last, say, hello };
}

describe('the line to the server', () => {
  it('signs in first, then resumes from what is held', () => {
    const { link, last, hello, states } = line();
    link.start();
    last().events.onOpen();
    expect(last().sent).toEqual([{ t: 'auth', token: 'good' }]);
    hello();
    expect(last().sent.at(-1)).toEqual({ t: 'resume', cursors: { h1: 4 } });
    expect(states).toEqual(['connecting', 'live']);
  });

  it('pings every twenty seconds and gives up on a server that does not answer', async () => {
    const { link, last, hello, clock, sockets } = line();
    link.start();
    last().events.onOpen();
    hello();
    await clock.turn(20_000);
    expect(last().sent.at(-1)).toEqual({ t: 'ping' });
    await clock.turn(10_000);
    expect(sockets[0]!.closed).toBe(true);
    await clock.turn(1_000);
    expect(sockets).toHaveLength(2);
  });

  it('fetches frames while sockets keep failing, and is live again once one opens', async () => {
    const read: ServerFrame = { t: 'read', conversationId: 'h1', personId: 'p', name: '', seq: 4 };
    const { link, last, hello, clock, states, frames } = line({
      sync: () => Promise.resolve([read]),
    });
    link.start();
    for (let i = 0; i < 4; i++) {
      last().events.onClose(1006, '');
      await clock.turn(4_000);
    }
    expect(states.at(-1)).toBe('polling');
    expect(frames).toContainEqual(read);
    last().events.onOpen();
    hello();
    expect(states.at(-1)).toBe('live');
  });

  it('says it is offline when calls get no answer either, and tries at once when woken', async () => {
    const { link, last, clock, states, sockets } = line();
    link.start();
    for (let i = 0; i < 3; i++) {
      last().events.onClose(1006, '');
      await clock.turn(4_000);
    }
    expect(states.at(-1)).toBe('offline');
    last().events.onClose(1006, '');
    const before = sockets.length;
    link.wake();
    expect(sockets.length).toBe(before + 1);
  });

  it('renews a refused token and greets again on the same socket', async () => {
    const { link, last, say, clock, sockets } = line({ renew: 'better' });
    link.start();
    last().events.onOpen();
    say({ t: 'error', code: 'unauthenticated', message: '' });
    await clock.settle();
    expect(last().sent.at(-1)).toEqual({ t: 'auth', token: 'better' });
    expect(sockets).toHaveLength(1);
  });

  it('leaves nothing running when stopped', async () => {
    const { link, last, hello, clock, sockets } = line();
    link.start();
    last().events.onOpen();
    hello();
    link.stop();
    await clock.turn(60_000);
    expect(sockets).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });
});
