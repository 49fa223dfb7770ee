import { Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';
import { Phone } from '../../support/socket';

describe('signing in', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.stop());

  const signIn = async (): Promise<any> =>
    (await t.api.nobody.post('/auth/persona', { personaId: 'zhao' })).body;

  it('lists the personas of the demo, each with a line of their own', async () => {
    const { body } = await t.api.nobody.get('/auth/personas');
    expect(body.personas.map((p: any) => p.id)).toEqual(
      expect.arrayContaining(['zhao', 'zhang', 'wang', 'liming', 'sun', 'liu', 'zhou', 'linxiao']),
    );
    expect(new Set(body.personas.map((p: any) => p.line)).size).toBe(body.personas.length);
  });

  it('knows only the personas: nobody else can be picked, and no invented one', async () => {
    const other = await t.db
      .db!.collection('people')
      .findOne({ _id: { $nin: ['zhao', 'wang'] as any } });
    for (const personaId of ['nobody', 'admin', String(other!._id) + 'x']) {
      expect((await t.api.nobody.post('/auth/persona', { personaId })).status).toBe(404);
    }
  });

  it('renews tokens; the old refresh token dies, and using it later ends the session', async () => {
    const first = await signIn();
    const second = await t.api.nobody.post('/auth/refresh', { refreshToken: first.refreshToken });
    expect(second.status).toBe(200);
    // The reply may have been lost: a repeat within seconds is forgiven.
    expect(
      (await t.api.nobody.post('/auth/refresh', { refreshToken: first.refreshToken })).status,
    ).toBe(200);
    t.clock.advance({ minutes: 1 });
    expect(
      (await t.api.nobody.post('/auth/refresh', { refreshToken: first.refreshToken })).status,
    ).toBe(401);
    expect(
      (await t.api.nobody.post('/auth/refresh', { refreshToken: second.body.refreshToken })).status,
    ).toBe(401);
    expect((await new Client(t.url, second.body.accessToken).get('/me')).status).toBe(401);
  });

  it('ends access after a quarter of an hour', async () => {
    const { accessToken } = await signIn();
    const zhao = new Client(t.url, accessToken);
    expect((await zhao.get('/me')).status).toBe(200);
    t.clock.advance({ minutes: 16 });
    expect((await zhao.get('/me')).body).toMatchObject({ code: 'unauthenticated' });
  });

  it('signs out at once, everywhere the token is used', async () => {
    const { accessToken, refreshToken } = await signIn();
    const zhao = new Client(t.url, accessToken);
    expect((await zhao.post('/auth/sign-out')).body).toEqual({ done: true });
    expect((await zhao.get('/me')).status).toBe(401);
    expect((await t.api.nobody.post('/auth/refresh', { refreshToken })).status).toBe(401);
    const phone = await Phone.connect(zhao);
    expect(phone.frames[0]).toMatchObject({ t: 'error', code: 'unauthenticated' });
    await phone.close();
  });

  it.each(['', 'Bearer', 'Bearer x.y.z', 'Basic abc'])('refuses the header %j', async (header) => {
    const res = await fetch(`${t.url}/me`, { headers: { authorization: header } });
    expect(res.status).toBe(401);
  });

  it('takes a refresh token for nothing but refreshing', async () => {
    const { refreshToken } = await signIn();
    expect((await new Client(t.url, refreshToken).get('/me')).status).toBe(401);
  });

  it('keeps the elder switch', async () => {
    const zhao = await t.api.signIn('zhao');
    expect((await zhao.patch('/me', { elderMode: true })).body.elderMode).toBe(true);
    expect((await t.api.signIn('zhao')).me.elderMode).toBe(true);
    await zhao.patch('/me', { elderMode: false });
  });

  it('says plainly that WeChat is not connected yet', async () => {
    const { status, body } = await t.api.nobody.post('/auth/wechat', { code: 'abc' });
    expect(status).toBe(501);
    expect(body.message).toMatch(/微信/);
  });

  it('knows no personas outside the demo', async () => {
    const real = await startTestApp({ demo: false });
    expect((await real.api.nobody.get('/auth/personas')).body.code).toBe('demoOnly');
    expect((await real.api.nobody.post('/auth/persona', { personaId: 'zhao' })).status).toBe(403);
    await real.stop();
  });
});
