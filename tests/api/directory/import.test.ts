import { Client, type Answer } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

describe('importing the directory', () => {
  let t: TestApp;
  let admin: Client;
  beforeAll(async () => {
    t = await startTestApp();
    const person = await t.app.modules.directoryModels.people
      .findOne({ 'roles.role': 'admin' })
      .lean();
    const { accessToken, me } = await t.app.modules.sessions.signIn(person!._id);
    admin = new Client(t.url, accessToken, me);
  });
  afterAll(() => t.stop());

  const send = (kind: string, ...lines: (object | string)[]): Promise<Answer> =>
    admin.post(
      `/imports/${kind}`,
      lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n'),
    );

  const alley = {
    id: 'lg03-new',
    kind: 'alley',
    name: '新胡同',
    path: '/xc/dj/lg/lg03/new/',
    parentId: 'lg03',
  };
  const household = {
    id: 'lg03-new-1',
    areaPath: alley.path,
    alleyId: alley.id,
    doorNo: 1,
    plate: '新胡同 1 号',
    name: '冯家',
    location: [114.9, 33.44],
  };
  const feng = {
    id: 'p-feng',
    name: '冯玉兰',
    surname: '冯',
    callName: '冯婶',
    gender: 'f',
    birthYear: 1970,
    householdId: household.id,
    relation: '户主',
    phone: '17000009999',
    roles: [{ role: 'alleyChief', areaPath: alley.path }],
  };

  it('names every bad line and then takes none', async () => {
    const { status, body } = await send(
      'units',
      { id: 'u1', name: '甲', areaPath: '/xc/' },
      '{broken',
      { id: 'u2', name: '', areaPath: '/xc/' },
      { id: 'u3', name: '丙', areaPath: 'nowhere' },
      { id: 'u1', name: '重复', areaPath: '/xc/' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: 5, imported: 0 });
    expect(body.errors.map((e: any) => e.line)).toEqual([2, 3, 4, 5]);
    expect(await t.app.modules.directoryModels.units.findById('u1')).toBeNull();
  });

  it('takes good lines, skips blank ones, and can be repeated', async () => {
    for (let i = 0; i < 2; i++) {
      expect((await send('areas', alley, '', '  ')).body).toMatchObject({
        lines: 1,
        imported: 1,
        errors: [],
      });
      expect((await send('households', household)).body.imported).toBe(1);
      expect((await send('people', feng)).body.imported).toBe(1);
    }
    expect(await t.app.modules.directoryModels.people.countDocuments({ name: '冯玉兰' })).toBe(1);
  });

  it('never stores a phone in the clear', async () => {
    const stored = await t.db.db!.collection('people').findOne({ name: '冯玉兰' });
    expect(JSON.stringify(stored)).not.toContain('17000009999');
    const { me } = await t.app.modules.sessions.signIn('p-feng');
    expect(me.phoneMasked).toBe('170****9999');
  });

  it('gives imported people their thread, their chief and their routing at once', async () => {
    const { accessToken, me } = await t.app.modules.sessions.signIn('p-feng');
    const her = new Client(t.url, accessToken, me);
    expect(me.household).toMatchObject({ plate: '新胡同 1 号', conversationId: 'h:lg03-new-1' });
    expect((await her.say('h:lg03-new-1', '我家门口路灯坏了三天了')).status).toBe(201);
    await t.app.assistant.idle();
    const { items } = (await her.get('/cases')).body;
    expect(items[0].card.holder.title).toBe('镇电工班');
  });

  it('takes a role away with the next file', async () => {
    await send('people', { ...feng, roles: [] });
    const { me } = await t.app.modules.sessions.signIn('p-feng');
    expect(me.roles).toEqual([]);
  });

  it('refuses kinds it does not know and files that are too large', async () => {
    expect((await send('secrets', {})).status).toBe(400);
    expect((await admin.post('/imports/units', 'x'.repeat(21 * 1024 * 1024))).status).toBe(413);
  });
});
