import { as, households } from '../booking/neighbours';
import { startTestApp, type TestApp } from '../../support/app';
import {
  says,
  startFakeLanguageModel,
  type FakeLanguageModel,
} from '../../support/fakeLanguageModel';

const notice = '这是说明：拿不准的话，打码以后会发给某某公司的大模型';
/** Says nothing that the product's own model knows. */
const vague = '俺王建国，电话13812345678，东边那个铁疙瘩老是那样';

describe('a second opinion of a large model', () => {
  let fake: FakeLanguageModel;
  let t: TestApp;
  /** Households without open matters: what they say refers to nothing before. */
  let fresh: string[];

  beforeAll(async () => {
    fake = await startFakeLanguageModel();
    t = await startTestApp({
      secondOpinion: {
        url: fake.url,
        model: 'fake-1',
        key: 'k-test',
        timeoutMs: 300,
        notice,
        dailyCalls: 4,
      },
    });
    fresh = (await households(t, 24)).map((who) => String(who.me.id));
  });
  afterAll(async () => {
    await t.stop();
    await fake.stop();
  });

  /** Said by a household of its own; the last word in its thread and the case, if one was opened. */
  const say = async (text: string): Promise<{ last: any; card: any }> => {
    // Signed in anew: the tests move the clock by days.
    const who = await as(t, fresh.pop()!);
    const thread = who.me.household.conversationId;
    expect((await who.say(thread, text)).status).toBe(201);
    await t.app.assistant.idle();
    const { body } = await who.get(`/conversations/${thread}/messages`);
    return { last: body.messages.at(-1), card: (await who.get('/cases')).body.items[0]?.card };
  };
  const reasonsOf = async (id: string): Promise<string> =>
    JSON.stringify((await t.db.db!.collection('cases').findOne({ _id: id as never }))!.reasons);

  it('is announced to everybody', async () => {
    const { body } = await t.api.nobody.get('/about');
    expect(body.secondOpinion).toEqual({ host: new URL(fake.url).host, notice });
  });

  it('is not asked for what is understood, private or an alarm', async () => {
    for (const text of [
      '我家门口路灯坏了三天了',
      '他一喝酒就打我，我不敢回家',
      '煤气味儿很大',
      '胡同长收钱不办事',
    ]) {
      await say(text);
    }
    expect(fake.asked).toEqual([]);
  });

  it('is asked with masked words, and its answer is put to a person first', async () => {
    fake.answer(says('{"category":"farm.irrigation"}'));
    const { card } = await say(vague);
    const { path, authorization, body } = fake.asked[0]!;
    expect(path).toBe('/v1/chat/completions');
    expect(authorization).toBe('Bearer k-test');
    expect(body.model).toBe('fake-1');
    const sent = body.messages.at(-1)!.content;
    expect(sent).toContain('铁疙瘩');
    expect(sent).not.toMatch(/1381234|建国/);
    expect(card.state).toBe('sorting');
    expect(await reasonsOf(card.id)).toMatch(/大模型.*机井与浇地/);
  });

  it.each([
    ['an answer outside the list', says('{"category":"secret.police"}')],
    ['several answers', says('roads.light 或者 roads.surface')],
    ['no JSON at all', (res: any) => res.end('<html>')],
    ['an error', (res: any) => res.writeHead(500).end()],
  ])('does not count with %s', async (_, how) => {
    // Each of these takes one call of the day; the day starts anew.
    t.clock.advance({ hours: 24 });
    fake.answer(how);
    const before = fake.asked.length;
    const { last } = await say(vague);
    expect(fake.asked.length).toBe(before + 1);
    expect(last.from.kind).toBe('bot');
  });

  it('is not waited for', async () => {
    t.clock.advance({ hours: 24 });
    fake.answer(() => undefined);
    expect((await say(vague)).last.from.kind).toBe('bot');
  });

  it('ends with the budget of the day', async () => {
    t.clock.advance({ hours: 24 });
    fake.answer(says('{"category":"farm.irrigation"}'));
    const before = fake.asked.length;
    for (let i = 0; i < 6; i++) await say(vague);
    expect(fake.asked.length - before).toBe(4);
  });
});
