import { Client, newClientId } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';

/** Violence at home, said in a thread that the house and its alley chief share. */
describe('a cry for help in a shared thread', () => {
  let t: TestApp;
  let zhao: Client;
  let husband: Client;
  let wang: Client;
  let thread: string;

  beforeAll(async () => {
    t = await startTestApp();
    zhao = await t.api.as('zhao');
    wang = await t.api.as('wang');
    const { directory } = t.app.modules;
    const members = await directory.membersOf((await directory.person('zhao')).householdId!);
    husband = await signedIn(members.find((p) => p.name === '冯德厚')!._id);
    thread = zhao.me.household.conversationId;
  });
  afterAll(() => t.stop());

  const signedIn = async (personId: string): Promise<Client> => {
    const { accessToken, me } = await t.app.modules.sessions.signIn(personId);
    return new Client(t.url, accessToken, me);
  };
  const say = async (text: string) => {
    expect((await zhao.say(thread, text)).status).toBe(201);
    await t.app.assistant.idle();
  };
  const seenBy = async (who: Client) =>
    JSON.stringify([
      (await who.get(`/conversations/${thread}/messages?limit=100`)).body,
      (await who.get('/conversations')).body,
      (await who.get('/cases')).body,
    ]);

  it('is answered gently, without a question', async () => {
    await say('心里憋得慌，整夜睡不着');
    const { body } = await zhao.get(`/conversations/${thread}/messages`);
    const words = body.messages.filter((m: any) => m.from.kind === 'bot').map((m: any) => m.text);
    expect(words.join()).toMatch(/12356/);
    expect(words.join()).not.toMatch(/在哪儿|拍一张/);
  });

  it('reaches the grid leader and the desk, neither the house nor the chief', async () => {
    await say('他一喝酒就打我，我不敢回家');
    const mine = (await zhao.get('/cases')).body.items.map((i: any) => i.card);
    const card = mine.find((c: any) => c.confidential && c.categoryName.includes('治安'));
    expect(card).toBeDefined();
    const holder = await signedIn(card.holder.id);
    expect(holder.me.roles.map((r: any) => r.role)).toContain('gridLeader');
    const desk = await t.api.as('linxiao');
    for (const who of [holder, desk]) {
      expect((await who.get(`/cases/${card.id}`)).status).toBe(200);
    }
    for (const who of [husband, wang]) {
      expect(await seenBy(who)).not.toMatch(/打我|回家/);
      expect(await seenBy(who)).not.toContain(card.id);
      expect((await who.get(`/cases/${card.id}`)).status).toBe(403);
    }
  });

  it('shows the card of an alarm to its speaker alone', async () => {
    await say('俺男人又打我，拿着棍子');
    const { body } = await zhao.get(`/conversations/${thread}/messages`);
    const alarm = body.messages.findLast((m: any) => m.card?.type === 'emergency');
    expect(alarm).toBeDefined();
    for (const who of [husband, wang]) {
      expect(await seenBy(who)).not.toContain(alarm.card.id);
      const act = { clientId: newClientId(), action: 'acknowledge' };
      expect((await who.post(`/cases/${alarm.card.id}/actions`, act)).status).toBe(403);
    }
  });
});
