import mongoose, { type mongo } from 'mongoose';
import { newClientId } from '../support/api';
import { startTestApp, type TestApp } from '../support/app';
import { become, cases, furnish } from '../support/endpoints';
import { recordQueries, type Sought } from '../support/recorder';
import { Phone } from '../support/socket';

/** Collections that stay as small as the county's order is; everything else grows with use. */
const SMALL = new Set([
  'areas',
  'units',
  'services',
  'shifts',
  'responsibilities',
  'directoryVersions',
  'landmarks',
  'articles',
  'articleVersions',
  'knowledgeVersions',
  'serviceCounters',
  'tailPositions',
]);

/** Shapes that may look at much, by a part of their description, and why. */
const ALLOWED: [part: string, reason: string][] = [
  ['find files.files {"filter":{}', 'GridFS asks whether there is any file: one document'],
  [
    'unansweredQuestions',
    'the same question counts up: a township has some hundred different ones',
  ],
  ['"lesson":{"$exists"', 'what was confirmed is counted by the centre, a few times a day'],
  ['find people {"filter":{"householdId":{"$exists"', 'an import looks at everybody'],
];

/** Every growing collection has about so many documents. */
const GROWN = 600;
/** Documents that may be looked at for nothing. */
const SPARE = 20;

/** Somebody else's: of the same area and time, but another thread, household and person. */
const stranger = (doc: mongo.Document, n: number): mongo.Document => {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((v) => walk(v, key));
    if (value instanceof mongoose.mongo.ObjectId) return new mongoose.mongo.ObjectId();
    if (typeof value === 'string')
      return /(^_id|_id|Id|Ids|Key|Index|hash|Hash|photos|against|chain|watchers|path)$/.test(key)
        ? `${value}~${n}`
        : value;
    if (value && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    return value;
  };
  const copy = walk(doc, '') as mongo.Document;
  // Most of what a town has is over and done with.
  if ('state' in copy && 'rev' in copy) copy['state'] = 'rated';
  if (copy['assistant']) copy['assistant'] = { state: 'done', attempts: 1 };
  delete copy['waitingSince'];
  delete copy['remindAt'];
  return copy;
};

const grow = async (t: TestApp): Promise<void> => {
  const db = t.db.db!;
  for (const { name } of await db.listCollections().toArray()) {
    if (SMALL.has(name)) continue;
    const docs = await db.collection(name).find().toArray();
    if (!docs.length || docs.length >= GROWN) continue;
    const more = Array.from({ length: GROWN - docs.length }, (_, i) =>
      stranger(docs[i % docs.length]!, i),
    );
    await db.collection(name).insertMany(more, { ordered: false });
  }
};

interface Plan {
  stage?: string;
  inputStage?: Plan;
}

const stages = (plan: Plan | undefined): string[] =>
  plan ? [plan.stage ?? '', ...stages(plan.inputStage)] : [];

/** @returns what is wrong with how a query is answered, if anything. */
const judge = async (t: TestApp, { command, shape }: Sought): Promise<string | undefined> => {
  const explained = await t.db.db!.command({ explain: command, verbosity: 'executionStats' });
  const told = (explained['stages']?.[0]?.$cursor ?? explained) as {
    queryPlanner: { winningPlan: Plan & { queryPlan?: Plan } };
    executionStats: { nReturned: number; totalDocsExamined: number; totalKeysExamined: number };
  };
  const { winningPlan } = told.queryPlanner;
  const { nReturned, totalDocsExamined, totalKeysExamined } = told.executionStats;
  const used = stages(winningPlan.queryPlan ?? winningPlan);
  const examined = Math.max(totalDocsExamined, totalKeysExamined);
  if (used.includes('COLLSCAN')) return `${shape} scans the collection`;
  if (examined > SPARE + 4 * nReturned) return `${shape} looks at ${examined} for ${nReturned}`;
  return undefined;
};

describe('the queries of everyday use', () => {
  let t: TestApp;
  let queries: Map<string, Sought>;

  beforeAll(async () => {
    const url = process.env['TEST_MONGO_URL']!;
    process.env['TEST_MONGO_URL'] = `${url}${url.includes('?') ? '&' : '?'}monitorCommands=true`;
    t = await startTestApp();
    process.env['TEST_MONGO_URL'] = url;
    const recorder = recordQueries(t.db);
    queries = recorder.queries;
    await everyday(t);
    recorder.stop();
    await grow(t);
  });
  afterAll(() => t.stop());

  it('are all recorded', () => {
    const collections = new Set([...queries.values()].map((q) => q.collection));
    expect([...collections]).toEqual(
      expect.arrayContaining([
        'messages',
        'conversations',
        'cases',
        'sessions',
        'people',
        'bookings',
        'helpRequests',
      ]),
    );
    expect(queries.size).toBeGreaterThan(40);
  });

  it('find what they want through an index, however much there is', async () => {
    const slow: string[] = [];
    for (const query of queries.values()) {
      if (SMALL.has(query.collection)) continue;
      const wrong = await judge(t, query);
      if (wrong && !ALLOWED.some(([part]) => wrong.includes(part))) slow.push(wrong);
    }
    expect(slow).toEqual([]);
  });

  it('are still sent where they are allowed to look at much', () => {
    for (const [part] of ALLOWED)
      expect([...queries.keys()].some((shape) => shape.includes(part))).toBe(true);
  });
});

/** Every endpoint, an open page, and a case from the first word to the rating. */
async function everyday(t: TestApp): Promise<void> {
  const town = await furnish(t);
  const zhao = await t.api.as('zhao');
  const wang = await t.api.as('wang');
  const phone = await Phone.connect(wang);
  for (const { allowed, call } of Object.values(cases)) await call(await become(t, allowed), town);
  for (const text of ['煤气味儿很大', '俺爹高龄补贴咋领', '胡同长收钱不办事', '那个井盖修了没']) {
    await zhao.say(town.thread, text);
    await t.app.assistant.idle();
  }
  for (const path of [
    `/conversations/${town.thread}/messages?limit=20`,
    `/conversations/${town.thread}/messages?before=5&limit=20`,
    `/conversations/${town.thread}/messages?after=2`,
    '/inbox',
    ...['overdue', 'urgent', 'undecided'].map((f) => `/cases?box=ground&state=open&filter=${f}`),
    ...['open', 'rating', 'closed'].flatMap((state) => [
      `/cases?box=held&state=${state}`,
      `/cases?box=ground&state=${state}`,
    ]),
  ])
    await wang.get(path);
  for (const state of ['open', 'rating', 'closed'])
    await zhao.get(`/cases?box=mine&state=${state}`);
  const { items } = (await zhao.get('/cases')).body;
  const { card } = items.find((i: any) => i.card.id === town.caseId);
  const holder = await t.api.as(card.holder.id);
  const act = (who: typeof zhao, action: string, more: object = {}) =>
    who.post(`/cases/${town.caseId}/actions`, { clientId: newClientId(), action, ...more });
  await act(holder, 'acknowledge');
  await act(holder, 'resolve', { text: '换了个镇流器，亮了' });
  await act(zhao, 'rate', { stars: 5, tags: ['来得快'] });
  t.clock.advance({ hours: 20 });
  await t.app.modules.bookings.remindDue(t.clock.now());
  await t.app.assistant.idle();
  await phone.close();
}
