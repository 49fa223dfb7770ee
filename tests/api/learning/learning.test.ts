import { newClientId, type Client } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';
import { as, households } from '../booking/neighbours';

/** A city that calls its electric tricycles 小蹦蹦, a word the product has never heard. */
const said = (i: number): string =>
  `俺${['村', '街', '巷', '院'][i % 4]}里小蹦蹦${['乱跑', '挡路', '横冲直撞', '瞎窜'][i % 4]}第${i}回`;

describe('learning from corrections', () => {
  let t: TestApp;
  let desk: Client;

  beforeAll(async () => {
    t = await startTestApp();
    desk = await t.api.as('linxiao');
  });
  afterAll(() => t.stop());

  const overview = async () => (await desk.get('/learning')).body;
  /** Settled matters of earlier days, as corrections and endings leave them. */
  const teach = (rows: object[]) => t.db.db!.collection('cases').insertMany(rows);
  const lesson = (i: number, text: string, was: string, guessed: string, corrected: boolean) => {
    const at = new Date(t.clock.now().getTime() - (500 - i) * 60_000);
    return {
      _id: `XC-L-${i}-${guessed}`,
      text,
      category: was,
      guess: { category: guessed, confidence: 0.6, by: 'before' },
      ...(corrected ? { lesson: { category: was, byId: 'liu', at } } : {}),
      state: 'rated',
      openKey: `lesson-${i}-${guessed}`,
      areaPath: '/elsewhere/',
      confidential: false,
      openedAt: at,
      resolvedAt: at,
      closedAt: at,
    };
  };

  it('is taught by whoever says that a category is wrong', async () => {
    const [home] = await households(t, 1);
    const { conversationId } = home!.me.household;
    await home!.say(conversationId, '我家门口路灯坏了三天了');
    await t.app.assistant.idle();
    const { card } = (await home!.get('/cases')).body.items[0];
    const holder = await as(t, card.holder.id);
    const act = (who: Client, body: object) => who.post(`/cases/${card.id}/actions`, body);

    const same = {
      clientId: newClientId(),
      action: 'reclassify',
      category: 'roads.light',
      text: '不是',
    };
    expect((await act(holder, same)).status).toBe(400);
    const body = {
      clientId: newClientId(),
      action: 'reclassify',
      category: 'utilities.power',
      text: '是家里停电',
    };
    const { status, body: detail } = await act(holder, body);
    expect(status).toBe(200);
    expect(detail.card.categoryName).toBe('用电');
    // Sent again it changes nothing; the guess stands as it was made.
    await act(holder, body);
    const stored = await t.app.modules.cases.get(card.id);
    expect(stored).toMatchObject({
      category: 'utilities.power',
      lesson: { category: 'utilities.power', byId: card.holder.id },
      guess: { category: 'roads.light' },
    });
    expect(stored.guess!.by).toMatch(/^text-/);

    const { lessons, confusions, weeks, running } = await overview();
    expect(lessons).toMatchObject({ corrected: 1, confirmed: 0, fresh: 1 });
    expect(confusions).toEqual([{ guessed: '路灯', was: '用电', times: 1 }]);
    expect(weeks.at(-1)).toMatchObject({ settled: 1, right: 0 });
    expect(running).toMatchObject({ madeBy: '出厂', state: 'running' });
  });

  it('waits for enough lessons', async () => {
    const { status, body } = await desk.post('/learning/trainings', { clientId: newClientId() });
    expect(status).toBe(400);
    expect(body.message).toBe('才攒了 1 件，攒够 40 件再学');
  });

  it('takes over a better model, on every node, and can go back', async () => {
    await teach(
      Array.from({ length: 60 }, (_, i) =>
        lesson(i, said(i), 'safety.traffic', 'environment.noise', true),
      ),
    );
    const classify = () =>
      t.app.modules.understander.understand({
        text: said(99),
        hasPhoto: false,
        hasVoice: false,
        hasLocation: false,
        openCases: [],
        reporter: { elder: false },
        now: t.clock.now(),
      });
    const before = classify();
    expect(before.matters[0]!.category).not.toBe('safety.traffic');

    const clientId = newClientId();
    const begun = await desk.post('/learning/trainings', { clientId });
    expect(begun.status).toBe(202);
    expect(begun.body.state).toBe('running');
    // The same act again is the same training; another has to wait.
    expect((await desk.post('/learning/trainings', { clientId })).status).toBe(202);
    const other = await desk.post('/learning/trainings', { clientId: newClientId() });
    expect(other.status).toBe(409);
    await t.app.modules.learning.trainings.idle();

    const { running, lessons } = await overview();
    expect(running).toMatchObject({ madeBy: '林晓', lessons: 61, state: 'running' });
    expect(running.figures.accuracy).toBeGreaterThan(running.against.accuracy);
    expect(lessons.fresh).toBe(0);
    await t.app.modules.learning.reload();
    expect(classify().matters[0]!.category).toBe('safety.traffic');
    expect(classify().version).toBe(running.version);

    const list = (await desk.get('/learning/models')).body.items;
    expect(list.map((m: any) => m.state)).toEqual(['running', 'ready']);
    const back = await desk.post(`/learning/models/${list[1].version}/run`, {
      clientId: newClientId(),
      reason: '先用回出厂的',
    });
    expect(back.body).toMatchObject({ state: 'running', why: '林晓换上的：先用回出厂的' });
    await t.app.modules.learning.reload();
    expect(classify().version).toBe(before.version);
  });

  it('does not take over a worse one, but keeps it', async () => {
    // The newest words go against everything before them, and against what is known.
    await teach(
      Array.from({ length: 20 }, (_, i) =>
        lesson(400 + i, `路灯不亮第${i}盏`, 'roads.light', 'roads.light', false),
      ),
    );
    await teach(
      Array.from({ length: 60 }, (_, i) =>
        lesson(300 + i, `路灯不亮第${i}盏`, 'farm.pest', 'roads.light', true),
      ),
    );
    await desk.post('/learning/trainings', { clientId: newClientId() });
    await t.app.modules.learning.trainings.idle();
    const { running } = await overview();
    expect(running.madeBy).toBe('出厂');
    const [newest] = (await desk.get('/learning/models?limit=1')).body.items;
    expect(newest).toMatchObject({ state: 'rejected', why: expect.stringContaining('没换') });
  });

  it('knows no version that was never made', async () => {
    const { status } = await desk.post('/learning/models/text-none/run', {
      clientId: newClientId(),
      reason: '试试',
    });
    expect(status).toBe(404);
  });
});
