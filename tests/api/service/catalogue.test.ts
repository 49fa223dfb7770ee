import { startTestApp, type TestApp } from '../../support/app';
import type { Client } from '../../support/api';

describe('the catalogue of service bundles', () => {
  let app: TestApp;
  let zhao: Client;

  beforeAll(async () => {
    app = await startTestApp();
    zhao = await app.api.as('zhao');
  });
  afterAll(() => app.stop());

  it.each([
    ['生了娃要办啥', 'newborn'],
    ['孩子满月了要上户口', 'newborn'],
    ['新生儿', 'newborn'],
    ['俺家宅基地想翻盖', 'rural-house'],
    ['住院的钱咋报销', 'medical-reimburse'],
    ['满月了，想给娃办户口', 'newborn'],
    ['娃该上一年级了', 'school-entry'],
    ['俺爹走了要办啥手续', 'after-death'],
    ['想开个小饭馆', 'start-restaurant'],
  ])('finds by the words people use: %s', async (q, expected) => {
    const { status, body } = await zhao.get(`/services?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    expect(body.items[0]?.id).toBe(expected);
  });

  it('finds something for everything it suggests to search for', async () => {
    const { often } = (await zhao.get('/services')).body;
    expect(often.length).toBeGreaterThan(2);
    for (const words of often) {
      const { items } = (await zhao.get(`/services?q=${encodeURIComponent(words)}`)).body;
      expect([words, items.length > 0]).toEqual([words, true]);
    }
  });

  it('finds nothing for words that mean nothing here, and survives any of them', async () => {
    for (const q of ['嗯嗯啊啊', '$where', '.*', '😀', '?']) {
      const { status, body } = await zhao.get(`/services?q=${encodeURIComponent(q)}`);
      expect([q, status, body.items]).toEqual([q, 200, []]);
    }
  });

  it('lists all 34, page by page, each exactly once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: string = `limit=10${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await zhao.get(`/services?${query}`);
      seen.push(...body.items.map((i: { id: string }) => i.id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(34);
    expect(new Set(seen).size).toBe(34);
  });

  it('separates what is for people from what is for firms', async () => {
    const { body } = await zhao.get('/services?audience=enterprise&limit=100');
    expect(body.items.length).toBeGreaterThan(5);
    expect(body.items.every((i: { audience: string }) => i.audience === 'enterprise')).toBe(true);
  });

  it('says what is known of a bundle with a guide', async () => {
    const { body } = await zhao.get('/services/newborn');
    expect(body).toMatchObject({
      type: 'bundle',
      title: '新生儿出生一件事',
      summary: '7 件一起办，跑 1 趟，5 个工作日办完',
      fee: '不收费',
      sample: true,
    });
    expect(body.actions.map((a: { action: string }) => a.action)).toContain('open:slots');
    const needs = body.rows.map((r: { need: string }) => r.need);
    expect(needs[0]).toBe('required');
    expect(needs.at(-1)).toBe('waived');
    // Every row says where to get the thing.
    expect(body.rows.every((r: { hint: string }) => r.hint.length > 0)).toBe(true);
  });

  it('promises nothing for a bundle of which only the name is known, and still takes bookings', async () => {
    const { body } = await zhao.get('/services/public-rental');
    expect(body.rows).toEqual([]);
    expect(body.workingDays).toBeUndefined();
    expect(body.summary).toContain('还没拿到清单');
    expect(body.summary).toContain('住房城乡建设');
    const slots = await zhao.get('/services/public-rental/slots');
    expect(slots.status).toBe(200);
    expect(slots.body.days.some((d: { left: number }) => d.left > 0)).toBe(true);
  });

  it('answers 404 for what does not exist and 401 for nobody', async () => {
    expect((await zhao.get('/services/no-such')).status).toBe(404);
    expect((await app.api.nobody.get('/services')).status).toBe(401);
  });
});
