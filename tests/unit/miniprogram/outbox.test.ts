import type { MessageView, Outgoing } from '@alley-chief/shared/contract';
import { ApiError, problemOf } from '../../../miniprogram/src/api/errors';
import { createOutbox } from '../../../miniprogram/src/realtime/outbox';
import type { Draft, Entry, PendingFile } from '../../../miniprogram/src/realtime/outbox';
import { handClock } from './support';

/** A server that de-duplicates by clientId, behind a network that fails in both directions. */
function village() {
  const stored: Outgoing[] = [];
  const uploads: string[] = [];
  const seen: string[] = [];
  let mood: 'up' | 'down' | 'answerLost' | 'refuse' = 'up';
  const offline = () => new ApiError('offline', '没有网', 0);
  return {
    stored,
    uploads,
    seen,
    be: (next: typeof mood) => {
      mood = next;
    },
    deliver: async (_conversation: string, message: Outgoing) => {
      seen.push(message.clientId);
      if (mood === 'down') throw offline();
      if (mood === 'refuse') throw new ApiError('textTooLong', '太长了', 400);
      if (!stored.some((m) => m.clientId === message.clientId)) stored.push(message);
      if (mood === 'answerLost') throw offline();
      return { t: 'message' as const, message: {} as MessageView, cards: [] };
    },
    upload: async (file: PendingFile) => {
      if (mood !== 'up') throw offline();
      uploads.push(file.path);
      return { id: `file-${uploads.length}` };
    },
  };
}

function phone(server: ReturnType<typeof village>, disk: { entries: Entry[] } = { entries: [] }) {
  const clock = handClock();
  const delivered: string[] = [];
  let ids = disk.entries.length;
  const outbox = createOutbox({
    timers: clock.timers,
    load: () => disk.entries,
    save: (entries) => {
      disk.entries = JSON.parse(JSON.stringify(entries)) as Entry[];
    },
    newClientId: () => `client-${++ids}`,
    upload: server.upload,
    deliver: server.deliver,
    problemOf,
    onDelivered: (_, entry) => delivered.push(entry.clientId),
    onChange: () => {},
  });
  return { outbox, clock, disk, delivered };
}

const text = (words: string): Draft => ({ kind: 'text', text: words });
const said = (server: ReturnType<typeof village>) =>
  server.stored.map((m) => (m.kind === 'text' ? m.text : m.kind));

describe('what is said without network', () => {
  it('is shown as stored at once and kept on the phone', async () => {
    const server = village();
    server.be('down');
    const { outbox, clock, disk } = phone(server);
    outbox.say('h1', text('路灯不亮'));
    await clock.settle();
    expect(outbox.entries().map((e) => e.state)).toEqual(['stored']);
    expect(disk.entries).toHaveLength(1);
  });

  it('arrives once each and in order when the network returns', async () => {
    const server = village();
    server.be('down');
    const { outbox, clock, disk } = phone(server);
    ['一', '二', '三'].forEach((words) => outbox.say('h1', text(words)));
    await clock.turn(5_000);
    server.be('up');
    await clock.turn(20_000);
    expect(said(server)).toEqual(['一', '二', '三']);
    expect(outbox.entries()).toEqual([]);
    expect(disk.entries).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('is not doubled when the answer to an arrived message was lost', async () => {
    const server = village();
    server.be('answerLost');
    const { outbox, clock } = phone(server);
    outbox.say('h1', text('一'));
    await clock.turn(3_000);
    server.be('up');
    outbox.flush();
    await clock.settle();
    expect(said(server)).toEqual(['一']);
    expect(new Set(server.seen).size).toBe(1);
    expect(server.seen.length).toBeGreaterThan(1);
  });

  it('survives closing the program, with the same clientId', async () => {
    const server = village();
    server.be('answerLost');
    const first = phone(server);
    first.outbox.say('h1', text('一'));
    await first.clock.settle();
    first.outbox.stop();
    server.be('up');
    const second = phone(server, first.disk);
    second.outbox.flush();
    await second.clock.settle();
    expect(said(server)).toEqual(['一']);
    expect(second.delivered).toEqual(['client-1']);
  });

  it('uploads a picture once, even when its message needs several attempts', async () => {
    const server = village();
    const { deliver } = server;
    let failures = 2;
    server.deliver = (conversation, message) =>
      failures-- > 0
        ? Promise.reject(new ApiError('offline', '没有网', 0))
        : deliver(conversation, message);
    const { outbox, clock } = phone(server);
    outbox.say('h1', { kind: 'image' }, { path: 'kept:1', fileName: 'a.jpg' });
    await clock.turn(30_000);
    expect(server.uploads).toEqual(['kept:1']);
    expect(server.stored).toEqual([{ kind: 'image', clientId: 'client-1', fileId: 'file-1' }]);
  });
});

describe('what the server refuses', () => {
  it('steps aside as failed, lets the next pass, and goes again when tapped', async () => {
    const server = village();
    const { outbox, clock } = phone(server);
    server.be('refuse');
    outbox.say('h1', text('太长'));
    await clock.settle();
    server.be('up');
    outbox.say('h1', text('短的'));
    await clock.settle();
    expect(said(server)).toEqual(['短的']);
    expect(outbox.entries().map((e) => [e.state, e.problem])).toEqual([['failed', '太长了']]);
    outbox.resend('client-1');
    await clock.settle();
    expect(said(server)).toEqual(['短的', '太长']);
    expect(outbox.entries()).toEqual([]);
  });
});
