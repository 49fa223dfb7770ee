import { startTestApp, type TestApp } from '../../support/app';
import { Client, newClientId } from '../../support/api';
import { emptyCounter, households } from './neighbours';

const slot = (time: string) => `c3-20260716-${time}`;

describe('the limit of a slot', () => {
  let app: TestApp;
  /** A second node on the same database. */
  let other: TestApp;

  const book = (who: Client, slotId: string) =>
    who.post('/bookings', { clientId: newClientId(), serviceId: 'newborn', slotId });
  const move = (who: Client, id: string, slotId: string) =>
    who.post(`/bookings/${id}/move`, { clientId: newClientId(), slotId });
  const codes = (replies: { status: number; body: { code?: string } }[]) =>
    replies.map((r) => r.body.code ?? r.status);
  const count = (list: unknown[], what: unknown) => list.filter((x) => x === what).length;
  const said = (): Promise<number> =>
    app.app.modules.conversationModels.messages.countDocuments({ 'card.type': 'booking' });
  const lefts = async (): Promise<Record<string, number>> => {
    const { body } = await (await app.api.as('wang')).get('/services/newborn/slots');
    const thursday = body.days.find((d: { date: string }) => d.date === '2026-07-16');
    return Object.fromEntries(
      thursday.slots.map((s: { id: string; left: number }) => [s.id, s.left]),
    );
  };

  beforeAll(async () => {
    app = await startTestApp();
    other = await startTestApp({ dbName: app.db.name, clock: app.clock, keep: true });
  });
  beforeEach(() => emptyCounter(app));
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  it('holds when 40 households want the same slot at once, on two nodes', async () => {
    const people = await households(app, 40);
    const before = await said();
    const replies = await Promise.all(
      people.map((p, i) => book(i % 2 ? p : new Client(other.url, p.token), slot('0930'))),
    );
    expect(count(codes(replies), 201)).toBe(4);
    expect(count(codes(replies), 'slotFull')).toBe(36);
    const tickets = replies.filter((r) => r.status === 201).map((r) => r.body.ticket);
    expect(tickets.sort()).toEqual(['B 001', 'B 002', 'B 003', 'B 004']);
    expect((await lefts())[slot('0930')]).toBe(0);
    // Whoever got nothing has nothing in the thread either.
    expect((await said()) - before).toBe(4);
  });

  it('keeps the old place of who cannot have the new one, and adds up however many move at once', async () => {
    const people = await households(app, 8);
    const booked = await Promise.all(people.map((p, i) => book(p, slot(i < 4 ? '0930' : '1000'))));
    expect(codes(booked)).toEqual(Array(8).fill(201));
    // Two places at 10:30 for eight who want them.
    for (const p of (await households(app, 10)).slice(8)) await book(p, slot('1030'));
    const replies = await Promise.all(
      people.map((p, i) => move(p, booked[i]!.body.id, slot('1030'))),
    );
    expect(count(codes(replies), 200)).toBe(2);
    expect(count(codes(replies), 'slotFull')).toBe(6);
    const after = await lefts();
    expect(after[slot('1030')]).toBe(0);
    expect(after[slot('0930')]! + after[slot('1000')]!).toBe(2);
    const kept = await Promise.all(people.map((p, i) => p.get(`/bookings/${booked[i]!.body.id}`)));
    const at = kept.map((r) => r.body.startsAt);
    expect(count(at, '2026-07-16T02:30:00.000Z')).toBe(2);
  });

  it('draws every ticket of a day once, over all its slots', async () => {
    const people = await households(app, 24);
    const times = ['0830', '0900', '0930', '1000', '1030', '1100'];
    const replies = await Promise.all(people.map((p, i) => book(p, slot(times[i % 6]!))));
    expect(codes(replies)).toEqual(Array(24).fill(201));
    expect(new Set(replies.map((r) => r.body.ticket)).size).toBe(24);
    // 09:00 waits for those of 08:30 and for lower numbers of its own slot, no one else.
    const nine = await Promise.all(
      replies
        .map((r, i) => ({ r, i }))
        .filter(({ i }) => i % 6 === 1)
        .map(async ({ r, i }) => (await people[i]!.get(`/bookings/${r.body.id}`)).body.ahead),
    );
    expect(nine.sort()).toEqual([4, 5, 6, 7]);
  });
});
