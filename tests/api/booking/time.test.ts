import { startTestApp, type TestApp } from '../../support/app';
import { newClientId } from '../../support/api';
import { as, saidAbout } from './neighbours';

describe('a booking as time goes by', () => {
  let app: TestApp;
  let bookingId: string;

  const notices = async () =>
    (await saidAbout(app, 'booking', bookingId)).filter((m) => m.kind === 'notice');
  /** Several ticks at once, as several nodes would. */
  const tick = async (at: string) => {
    app.clock.set(at);
    const { bookings } = app.app.modules;
    const said = await Promise.all(
      Array.from({ length: 5 }, () => bookings.remindDue(app.clock.now())),
    );
    return said.reduce((a, b) => a + b, 0);
  };
  const book = async (slotId: string) => {
    const { body } = await (
      await as(app, 'zhao')
    ).post('/bookings', {
      clientId: newClientId(),
      serviceId: 'newborn',
      slotId,
    });
    bookingId = body.id;
  };

  // Time only moves forward, so every test starts a town of its own.
  beforeEach(async () => {
    app = await startTestApp();
  });
  afterEach(() => app.stop());

  it('is reminded of the evening before at seven and an hour ahead, each exactly once', async () => {
    await book('c3-20260717-0930');
    expect(await tick('2026-07-16T10:59:00Z')).toBe(0);
    expect(await tick('2026-07-16T11:00:00Z')).toBe(1);
    expect(await tick('2026-07-16T11:05:00Z')).toBe(0);
    expect(await tick('2026-07-17T00:29:00Z')).toBe(0);
    expect(await tick('2026-07-17T00:30:00Z')).toBe(1);
    expect(await tick('2026-07-17T01:00:00Z')).toBe(0);
    const texts = (await notices()).map((m) => m.text);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(
      /^明天 09:30 去丁集便民中心 3 号窗办新生儿出生，您的号 B 001。还差 \d+ 样/,
    );
    expect(texts[1]).toMatch(/^还有 60 分钟就到您了/);
  });

  it('skips reminders the server slept through, and is silent once it has begun', async () => {
    await book('c3-20260717-0930');
    expect(await tick('2026-07-17T00:45:00Z')).toBe(1);
    expect((await notices()).map((m) => m.text?.slice(0, 8))).toEqual(['还有 45 分钟']);
    await as(app, 'zhao').then((z) =>
      z.post(`/bookings/${bookingId}/cancel`, { clientId: newClientId() }),
    );
    await book('c3-20260720-0930');
    expect(await tick('2026-07-20T01:31:00Z')).toBe(0);
    expect(await notices()).toHaveLength(0);
  });

  it('is reminded of its new time when it moved, and of nothing when cancelled', async () => {
    await book('c3-20260716-0930');
    const zhao = await as(app, 'zhao');
    await zhao.post(`/bookings/${bookingId}/move`, {
      clientId: newClientId(),
      slotId: 'c3-20260717-1500',
    });
    expect(await tick('2026-07-15T11:00:00Z')).toBe(0);
    expect(await tick('2026-07-16T11:00:00Z')).toBe(1);
    await (
      await as(app, 'zhao')
    ).post(`/bookings/${bookingId}/cancel`, {
      clientId: newClientId(),
    });
    expect(await tick('2026-07-17T06:00:00Z')).toBe(0);
  });

  it('turns near an hour ahead; once its time is over nothing changes it and a new one may be booked', async () => {
    await book('c3-20260716-0930');
    const url = `/bookings/${bookingId}`;
    app.clock.set('2026-07-16T00:45:00Z');
    expect((await (await as(app, 'zhao')).get(url)).body.state).toBe('near');
    app.clock.set('2026-07-16T02:00:00Z');
    const later = await as(app, 'zhao');
    expect((await later.get(url)).body).toMatchObject({
      status: { text: '时间过了' },
      actions: [],
    });
    const cancel = await later.post(`${url}/cancel`, { clientId: newClientId() });
    expect(cancel.body.code).toBe('wrongStep');
    expect((await later.get('/services/newborn')).body.bookingId).toBeUndefined();
    const past = bookingId;
    await book('c3-20260717-0930');
    expect(bookingId).toMatch(/^b/);
    expect(bookingId).not.toBe(past);
  });
});
