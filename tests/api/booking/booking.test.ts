import { startTestApp, type TestApp } from '../../support/app';
import { newClientId, type Client } from '../../support/api';
import { as, emptyCounter, saidAbout } from './neighbours';

/** The clock stands at Wednesday 15 July 2026, noon. */
const thursday = (time: string) => `c3-20260716-${time}`;
const friday = (time: string) => `c3-20260717-${time}`;

describe('booking a counter slot', () => {
  let app: TestApp;
  let zhao: Client;

  const book = (who: Client, slotId: string, serviceId = 'newborn', clientId = newClientId()) =>
    who.post('/bookings', { clientId, serviceId, slotId });
  const left = async (slotId: string): Promise<number> => {
    const { body } = await zhao.get('/services/newborn/slots');
    const slots = body.days.flatMap((d: { slots: { id: string; left: number }[] }) => d.slots);
    return slots.find((s: { id: string }) => s.id === slotId)?.left;
  };

  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await emptyCounter(app);
    zhao = await as(app, 'zhao');
  });
  afterAll(() => app.stop());

  it('shows eight open days with the weekend between, and nothing of what is over', async () => {
    const { body } = await zhao.get('/services/newborn/slots');
    expect(body.counter).toBe('丁集便民中心 3 号窗');
    expect(body.days.filter((d: { open: boolean }) => d.open)).toHaveLength(8);
    expect(body.days.slice(0, 5)).toMatchObject([
      { date: '2026-07-15', weekday: '今天', open: true, left: 20 },
      { date: '2026-07-16', weekday: '周四', open: true, left: 44 },
      { date: '2026-07-17', weekday: '周五', open: true, left: 44 },
      { date: '2026-07-18', weekday: '周六', open: false, left: 0, slots: [] },
      { date: '2026-07-19', weekday: '周日', open: false, left: 0, slots: [] },
    ]);
    expect(body.days[0].slots.map((s: { left: number }) => s.left)).toEqual([
      ...Array<number>(6).fill(0),
      ...Array<number>(5).fill(4),
    ]);
  });

  it('gives a ticket, takes a place and hangs the card in the household thread', async () => {
    const { status, body } = await book(zhao, thursday('0930'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      type: 'booking',
      ticket: 'B 001',
      startsAt: '2026-07-16T01:30:00.000Z',
      ahead: 0,
      minutes: 20,
      state: 'booked',
    });
    expect(body.bring.length).toBeGreaterThan(0);
    expect(await left(thursday('0930'))).toBe(3);
    expect((await zhao.get('/services/newborn')).body.bookingId).toBe(body.id);

    const husband = await as(app, 'p0216');
    const page = (await husband.get('/conversations/h:lg03-hs-7/messages')).body;
    expect(page.messages.at(-1)).toMatchObject({
      kind: 'card',
      from: { kind: 'bot', name: '小同' },
      card: { type: 'booking', id: body.id },
    });
    expect(page.cards).toContainEqual(expect.objectContaining({ id: body.id, ticket: 'B 001' }));
    expect((await husband.get('/bookings')).body.items.map((b: { id: string }) => b.id)).toEqual([
      body.id,
    ]);
  });

  it('answers a repeated booking with the first, even when both come at once', async () => {
    const clientId = newClientId();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => book(zhao, thursday('0930'), 'newborn', clientId)),
    );
    expect(replies.map((r) => r.status)).toEqual(Array(8).fill(201));
    expect(new Set(replies.map((r) => r.body.id)).size).toBe(1);
    expect(await left(thursday('0930'))).toBe(3);
    expect(await saidAbout(app, 'booking', replies[0]!.body.id)).toHaveLength(1);
  });

  it('lets a household hold one open booking a service, whoever of it books', async () => {
    const husband = await as(app, 'p0216');
    const replies = await Promise.all([
      book(zhao, thursday('0930')),
      book(husband, thursday('1000')),
      book(zhao, friday('0930')),
    ]);
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409, 409]);
    expect(replies.find((r) => r.status === 409)?.body.code).toBe('alreadyBooked');
    expect((await book(zhao, friday('1030'), 'retire')).status).toBe(201);
  });

  it('lists what lies ahead soonest first, then what was called off, page by page', async () => {
    const later = (await book(zhao, friday('0930'), 'retire')).body.id;
    const sooner = (await book(zhao, thursday('0930'))).body.id;
    const off = (await book(zhao, thursday('1000'), 'disabled')).body.id;
    await zhao.post(`/bookings/${off}/cancel`, { clientId: newClientId() });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await zhao.get(`/bookings?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((b: { id: string }) => b.id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual([sooner, later, off]);
  });

  it('refuses times that are over, on closed days, beyond the horizon or made up', async () => {
    for (const slot of ['c3-20260715-0900', 'c3-20260718-0900', 'c3-20261201-0900', 'c9-x', '1']) {
      expect([slot, (await book(zhao, slot)).status]).toEqual([slot, 404]);
    }
    expect((await book(zhao, thursday('0930'), 'no-such')).status).toBe(404);
    expect((await zhao.post('/bookings', { serviceId: 'newborn' })).status).toBe(400);
  });

  it('moves: the new place is taken and the old one given back, together', async () => {
    const { body } = await book(zhao, thursday('0930'));
    const clientId = newClientId();
    const move = () => zhao.post(`/bookings/${body.id}/move`, { clientId, slotId: friday('1500') });
    const moved = await move();
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({ id: body.id, startsAt: '2026-07-17T07:00:00.000Z' });
    expect(moved.body.rev).toBeGreaterThan(body.rev);
    expect([await left(thursday('0930')), await left(friday('1500'))]).toEqual([4, 3]);

    expect((await move()).body).toEqual(moved.body);
    const said = await saidAbout(app, 'booking', body.id);
    expect(said.map((m) => m.kind)).toEqual(['card', 'notice']);
    expect(said[1]?.text).toContain('改到 7 月 17 日 周五 15:00');
  });

  it('gives the place back on cancelling, once, and lets the household book again', async () => {
    const { body } = await book(zhao, thursday('0930'));
    const clientId = newClientId();
    const cancel = (id = clientId) => zhao.post(`/bookings/${body.id}/cancel`, { clientId: id });
    const replies = await Promise.all([cancel(), cancel(), cancel()]);
    expect(replies.map((r) => r.status)).toEqual([200, 200, 200]);
    expect(replies[0].body).toMatchObject({ state: 'cancelled', actions: [] });
    expect(await left(thursday('0930'))).toBe(4);
    expect(await saidAbout(app, 'booking', body.id)).toHaveLength(2);
    expect((await cancel(newClientId())).body.code).toBe('wrongStep');
    expect(
      (
        await zhao.post(`/bookings/${body.id}/move`, {
          clientId: newClientId(),
          slotId: friday('0930'),
        })
      ).body.code,
    ).toBe('wrongStep');
    expect((await zhao.get('/services/newborn')).body.bookingId).toBeUndefined();
    const again = await book(zhao, thursday('0930'));
    expect(again.status).toBe(201);
    expect((await zhao.get('/bookings')).body.items).toMatchObject([
      { id: again.body.id, state: 'booked' },
      { id: body.id, state: 'cancelled' },
    ]);
  });

  it('is the household’s own: the chief looks, others do not, nobody else changes it', async () => {
    const { body } = await book(zhao, thursday('0930'));
    const url = `/bookings/${body.id}`;
    const change = (who: Client) =>
      Promise.all([
        who.post(`${url}/move`, { clientId: newClientId(), slotId: friday('0930') }),
        who.post(`${url}/cancel`, { clientId: newClientId() }),
      ]).then((replies) => replies.map((r) => r.status));
    const [zhang, wang, linxiao] = await Promise.all(
      ['zhang', 'wang', 'linxiao'].map((id) => as(app, id)),
    );
    expect((await zhang!.get(url)).status).toBe(403);
    expect(await change(zhang!)).toEqual([403, 403]);
    expect((await wang!.get(url)).body).toMatchObject({ id: body.id, actions: [] });
    expect(await change(wang!)).toEqual([403, 403]);
    expect((await book(linxiao!, thursday('1000'))).status).toBe(403);
    expect((await linxiao!.get('/bookings')).body.items).toEqual([]);
    expect((await app.api.nobody.get(url)).status).toBe(401);
    expect((await zhao.get('/bookings/b-none')).status).toBe(404);
    expect((await zhao.get(url)).body.state).toBe('booked');
  });
});
