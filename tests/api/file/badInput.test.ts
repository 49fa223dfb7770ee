import sharp from 'sharp';
import { newClientId, type Answer, type Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

/** What people and scripts really send. Each gets a clear sentence, and nothing is stored. */
describe('bad input', () => {
  let t: TestApp;
  let zhao: Client;
  let thread: string;
  let before: number;

  const stored = (): Promise<number> => t.db.db!.collection('messages').countDocuments();
  const post = (body: unknown): Promise<Answer> =>
    zhao.post(`/conversations/${thread}/messages`, body);
  const sentence = { code: expect.any(String), message: expect.stringMatching(/[一-鿿]/) };

  beforeAll(async () => {
    t = await startTestApp();
    zhao = await t.api.as('zhao');
    thread = zhao.me.household.conversationId;
    before = await stored();
  });
  afterAll(() => t.stop());
  afterEach(async () => expect(await stored()).toBe(before));

  const text = (value: unknown, clientId: unknown = newClientId()) => ({
    kind: 'text',
    clientId,
    text: value,
  });

  it.each([
    ['an empty message', text('')],
    ['only blanks', text('  \n ')],
    ['10,000 characters', text('长'.repeat(10_000))],
    ['a number for text', text(42)],
    ['an operator for text', text({ $gt: '' })],
    ['no client id', { kind: 'text', text: '您好' }],
    ['a client id with an operator', text('您好', { $ne: null })],
    ['an unknown kind', { kind: 'bomb', clientId: newClientId() }],
    ['nothing at all', {}],
    ['a list', []],
    [
      'a picture that was never uploaded',
      { kind: 'image', clientId: newClientId(), fileId: 'f-none' },
    ],
    [
      'a place outside the world',
      { kind: 'location', clientId: newClientId(), point: { longitude: 500, latitude: 1 } },
    ],
  ])('%s', async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject(sentence);
  });

  it('says how long a message may be', async () => {
    expect((await post(text('长'.repeat(10_000)))).body).toMatchObject({
      code: 'textTooLong',
      message: expect.stringContaining('2000'),
    });
  });

  it.each(['{broken', '"', '\u0000', '{"kind":"text",}'])('broken JSON %j', async (raw) => {
    const res = await fetch(`${t.url}/conversations/${thread}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${zhao.token}`, 'content-type': 'application/json' },
      body: raw,
    });
    expect(res.status).toBe(400);
    expect(await res.json()).toMatchObject({ code: 'badJson' });
  });

  it.each([
    '/conversations/h:none',
    '/conversations/%24where',
    '/conversations/..%2F..%2Fetc',
    `/conversations/${'x'.repeat(500)}`,
    '/cases/none',
    '/nowhere',
  ])('a wrong address: %s', async (path) => {
    const { status, body } = await zhao.get(path);
    expect([400, 403, 404]).toContain(status);
    expect(body).toMatchObject(sentence);
  });

  it.each(['limit=0', 'limit=999', 'limit=abc', 'before=-1', 'before=1e99'])(
    'a wrong question: %s',
    async (query) => {
      const { status } = await zhao.get(`/conversations/${thread}/messages?${query}`);
      expect(status).toBe(400);
    },
  );

  it("another household's thread, to read or to write", async () => {
    const zhang = (await t.api.as('zhang')).me.household.conversationId;
    expect((await zhao.get(`/conversations/${zhang}/messages`)).status).toBe(403);
    expect((await zhao.say(zhang, '您好')).status).toBe(403);
  });

  it('a body larger than any message', async () => {
    const res = await fetch(`${t.url}/conversations/${thread}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${zhao.token}`, 'content-type': 'application/json' },
      body: `"${'x'.repeat(400_000)}"`,
    });
    expect(res.status).toBe(413);
  });

  it('a 20 MB picture', async () => {
    const huge = Buffer.concat([await picture(), Buffer.alloc(20 * 1024 * 1024)]);
    const answer = await zhao.upload(huge, 'big.jpg', 'image/jpeg');
    expect(answer.status).toBe(413);
    expect(answer.body.message).toMatch(/10 MB/);
  });

  it.each([
    ['a renamed program', Buffer.from('MZ\u0090\u0000'.padEnd(4000, 'x'), 'latin1')],
    ['a page called jpg', Buffer.from('<html><script>alert(1)</script></html>')],
    [
      'a drawing with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('%s as a picture', async (_name, bytes) => {
    const answer = await zhao.upload(bytes, 'photo.jpg', 'image/jpeg');
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject(sentence);
  });

  it('half a picture', async () => {
    const whole = await picture();
    const answer = await zhao.upload(whole.subarray(0, 60), 'photo.jpg', 'image/jpeg');
    expect(answer.status).toBe(415);
  });

  const picture = (): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#1D5C57' } })
      .jpeg()
      .toBuffer();
});

describe('input that only looks bad', () => {
  let t: TestApp;
  let zhao: Client;
  let thread: string;
  beforeAll(async () => {
    t = await startTestApp();
    zhao = await t.api.as('zhao');
    thread = zhao.me.household.conversationId;
  });
  afterAll(() => t.stop());

  it('keeps a script tag as the words it is', async () => {
    const said = '<script>alert(1)</script> $where {"$gt":""}';
    const { body } = await zhao.say(thread, said);
    expect(body.message.text).toBe(said);
  });

  it('masks an ID number before it is stored', async () => {
    await zhao.say(thread, '俺的身份证 412728196001011234 丢了');
    const found = await t.db
      .db!.collection('messages')
      .find({ text: /412728196001011234/ })
      .toArray();
    expect(found).toHaveLength(0);
    const { messages } = (await zhao.get(`/conversations/${thread}/messages`)).body;
    expect(JSON.stringify(messages)).toContain('412728********1234');
  });

  it('redraws pictures: no place, no camera, the right way up', async () => {
    const withExif = await sharp({
      create: { width: 60, height: 30, channels: 3, background: '#C98F2B' },
    })
      .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '33/1 26/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { status, body } = await zhao.upload(withExif, 'IMG_1.jpg', 'image/jpeg');
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'image', width: 30, height: 60 });
    await zhao.post(`/conversations/${thread}/messages`, {
      kind: 'image',
      clientId: newClientId(),
      fileId: body.id,
    });

    const bytes = (await t.api.nobody.get(body.url)).body as Buffer;
    expect(bytes.includes('SecretPhone')).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();

    // The chief is a member and may see it; a stranger's own address does not help him.
    const wang = await t.api.as('wang');
    const { messages } = (await wang.get(`/conversations/${thread}/messages`)).body;
    const url = messages.findLast((m: any) => m.file).file.url;
    expect((await t.api.nobody.get(url)).status).toBe(200);
    const stranger = t.app.modules.files.addressOf(body.id, 'liu');
    expect((await t.api.nobody.get(stranger)).status).toBe(403);
    expect((await t.api.nobody.get(url.replace(/sig=.{4}/, 'sig=AAAA'))).status).toBe(403);
    t.clock.advance({ hours: 30 });
    expect((await t.api.nobody.get(url)).status).toBe(403);
    t.clock.advance({ hours: -30 });
  });

  it("does not let one person use another's upload", async () => {
    const wang = await t.api.as('wang');
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const { body } = await wang.upload(bytes, 'a.png', 'image/png');
    const answer = await zhao.post(`/conversations/${thread}/messages`, {
      kind: 'image',
      clientId: newClientId(),
      fileId: body.id,
    });
    expect(answer.body.code).toBe('badFile');
  });
});
