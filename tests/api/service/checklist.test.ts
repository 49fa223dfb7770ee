import { startTestApp, type TestApp } from '../../support/app';
import type { Client } from '../../support/api';
import { as } from '../booking/neighbours';

interface Row {
  key: string;
  need: string;
  done: boolean;
}

describe('the personal checklist of a service', () => {
  let app: TestApp;
  let zhao: Client;
  let husband: Client;
  let rows: Row[];

  const newborn = async (who: Client) => (await who.get('/services/newborn')).body;
  const tick = (who: Client, key: string, done = true) =>
    who.put(`/services/newborn/checklist/${key}`, { done });
  const row = (card: { rows: Row[] }, key: string) => card.rows.find((r) => r.key === key);

  beforeAll(async () => {
    app = await startTestApp();
    zhao = await app.api.as('zhao');
    husband = await as(app, 'p0216');
    rows = (await newborn(zhao)).rows;
  });
  afterAll(() => app.stop());

  it('is ticked by one of the family and seen by all of it, by nobody else', async () => {
    const key = rows.find((r) => r.need === 'required')!.key;
    const before = await newborn(zhao);
    const { status, body } = await tick(zhao, key);
    expect(status).toBe(200);
    expect(row(body, key)?.done).toBe(true);
    expect(body.ready).toBe(before.ready + 1);
    expect(body.rev).toBeGreaterThan(before.rev);
    expect(row(await newborn(husband), key)?.done).toBe(true);
    expect(row(await newborn(await app.api.as('zhang')), key)?.done).toBe(false);
    const back = await tick(husband, key, false);
    expect(row(back.body, key)?.done).toBe(false);
    expect(back.body.ready).toBe(before.ready);
  });

  it('loses no tick when the whole family ticks at once', async () => {
    const own = rows.filter((r) => r.need !== 'waived');
    const replies = await Promise.all(own.map((r, i) => tick(i % 2 ? zhao : husband, r.key)));
    expect(replies.map((r) => r.status)).toEqual(own.map(() => 200));
    const card = await newborn(zhao);
    expect(card.rows.every((r: Row) => r.done)).toBe(true);
    expect(card.ready).toBe(card.total);
  });

  it('counts what the office has itself as ready, whatever is ticked', async () => {
    const waived = rows.find((r) => r.need === 'waived')!;
    expect(waived.done).toBe(true);
    const { body } = await tick(zhao, waived.key, false);
    expect(row(body, waived.key)?.done).toBe(true);
  });

  it('takes only materials the bundle names', async () => {
    expect((await tick(zhao, 'no-such')).status).toBe(404);
    expect((await tick(zhao, 'done.x')).status).toBe(404);
    expect((await tick(zhao, encodeURIComponent('$set'))).status).toBe(400);
    expect((await zhao.put(`/services/newborn/checklist/${rows[0]!.key}`, {})).status).toBe(400);
  });

  it('is for households: who lives nowhere here can read a bundle and tick nothing', async () => {
    const linxiao = await app.api.as('linxiao');
    const card = await newborn(linxiao);
    expect(card.actions.map((a: { action: string }) => a.action)).toEqual(['open:service']);
    expect((await tick(linxiao, rows[0]!.key)).status).toBe(403);
    expect((await tick(app.api.nobody, rows[0]!.key)).status).toBe(401);
  });
});
