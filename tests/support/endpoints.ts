import type { Route } from '@alley-chief/shared/contract';
import { Client, newClientId, type Answer } from './api';
import type { TestApp } from './app';

/** What an access case may use. */
export interface Town {
  thread: string;
  caseId: string;
  bookingId: string;
  helpId: string;
  fileUrl: string;
  slotId: () => Promise<string>;
  /** A draft of the village's leader, not yet handed in. */
  draftId: string;
  questionId: string;
}

export interface AccessCase {
  /** Who may, and what they send. */
  allowed: string;
  /** Who may not: a persona, or nobody when only signing in is asked for. Absent: open to all. */
  forbidden?: string;
  call: (who: Client, town: Town) => Promise<Answer>;
  /** Status for the allowed one when it is not a plain success. */
  expected?: number;
}

/** A village's own how-to. */
export const articleFields = {
  title: '村里澡堂几点开门',
  category: 'education.culture',
  region: '/xc/dj/lg/',
  source: '柳沟村委会',
  sourceDate: '2026-07-01',
  validFrom: '2026-07-01',
  validTo: '2026-12-31',
  words: '澡堂 洗澡 澡堂~开门',
  sample: false,
  body: '每天下午 2 点到晚上 8 点，周一歇。\n\n六十岁以上的带身份证。',
};

const leave = { from: '2026-07-20T00:00:00.000Z', until: '2026-07-21T00:00:00.000Z' };

/** One line an endpoint of the contract. */
export const cases: Record<Route, AccessCase> = {
  'GET /healthz': { allowed: 'nobody', call: (w) => w.get('/healthz') },
  'GET /about': { allowed: 'nobody', call: (w) => w.get('/about') },
  'GET /learning': { allowed: 'linxiao', forbidden: 'wang', call: (w) => w.get('/learning') },
  'GET /learning/models': {
    allowed: 'linxiao',
    forbidden: 'zhou',
    call: (w) => w.get('/learning/models'),
  },
  'POST /learning/trainings': {
    allowed: 'linxiao',
    forbidden: 'liu',
    call: (w) => w.post('/learning/trainings', { clientId: newClientId() }),
    // Nothing has been taught yet.
    expected: 400,
  },
  'POST /learning/models/:version/run': {
    allowed: 'linxiao',
    forbidden: 'wang',
    call: async (w) => {
      const { body } = await w.get('/learning/models');
      const version = body.items?.at(-1)?.version ?? 'none';
      return w.post(`/learning/models/${version}/run`, {
        clientId: newClientId(),
        reason: '回到出厂的',
      });
    },
  },
  'GET /auth/personas': { allowed: 'nobody', call: (w) => w.get('/auth/personas') },
  'POST /auth/persona': {
    allowed: 'nobody',
    call: (w) => w.post('/auth/persona', { personaId: 'zhao' }),
  },
  'POST /auth/wechat': {
    allowed: 'nobody',
    expected: 501,
    call: (w) => w.post('/auth/wechat', { code: 'x' }),
  },
  'POST /auth/refresh': {
    allowed: 'nobody',
    call: async (w) => {
      const { body } = await w.post('/auth/persona', { personaId: 'zhao' });
      return w.post('/auth/refresh', { refreshToken: body.refreshToken });
    },
  },
  'POST /auth/sign-out': {
    allowed: 'throwaway',
    forbidden: 'nobody',
    call: (w) => w.post('/auth/sign-out'),
  },
  'GET /me': { allowed: 'zhao', forbidden: 'nobody', call: (w) => w.get('/me') },
  'PATCH /me': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.patch('/me', { elderMode: false }),
  },
  'GET /conversations': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.get('/conversations'),
  },
  'GET /conversations/:id': {
    allowed: 'wang',
    forbidden: 'zhang',
    call: (w, t) => w.get(`/conversations/${t.thread}`),
  },
  'GET /conversations/:id/messages': {
    allowed: 'wang',
    forbidden: 'zhang',
    call: (w, t) => w.get(`/conversations/${t.thread}/messages`),
  },
  'POST /conversations/:id/messages': {
    allowed: 'wang',
    forbidden: 'liming',
    call: (w, t) => w.say(t.thread, '您好'),
  },
  'POST /conversations/:id/read': {
    allowed: 'wang',
    forbidden: 'zhang',
    call: (w, t) => w.post(`/conversations/${t.thread}/read`, { seq: 1 }),
  },
  'POST /conversations/:id/typing': {
    allowed: 'wang',
    forbidden: 'zhang',
    call: (w, t) => w.post(`/conversations/${t.thread}/typing`),
  },
  'POST /sync': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w, t) => w.post('/sync', { cursors: { [t.thread]: 0 } }),
  },
  'POST /files': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.upload(picture, 'a.png', 'image/png'),
  },
  'GET /files/:id': {
    allowed: 'nobody',
    // The signed address is the credential; another person's name on it breaks the signature.
    call: (w, t) => w.get(t.fileUrl),
  },
  'GET /cases': {
    allowed: 'liming',
    forbidden: 'nobody',
    call: (w) => w.get('/cases?box=held&state=open'),
  },
  'POST /cases': {
    allowed: 'liming',
    forbidden: 'zhao',
    call: (w) => w.post('/cases', { clientId: newClientId(), text: '路边井盖松了' }),
  },
  'GET /cases/:id': {
    allowed: 'wang',
    forbidden: 'zhang',
    call: (w, t) => w.get(`/cases/${t.caseId}`),
  },
  'GET /cases/:id/reporters': {
    allowed: 'linxiao',
    forbidden: 'zhao',
    call: (w, t) => w.get(`/cases/${t.caseId}/reporters`),
  },
  'POST /cases/:id/actions': {
    allowed: 'zhao',
    forbidden: 'zhang',
    call: (w, t) =>
      w.post(`/cases/${t.caseId}/actions`, { clientId: newClientId(), action: 'nudge' }),
  },
  'POST /cases/:id/thread': {
    allowed: 'linxiao',
    forbidden: 'zhao',
    call: (w, t) => w.post(`/cases/${t.caseId}/thread`),
  },
  'GET /services': { allowed: 'zhao', forbidden: 'nobody', call: (w) => w.get('/services') },
  'GET /services/:id': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.get('/services/newborn'),
  },
  'PUT /services/:id/checklist/:material': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: async (w) => {
      const rows = (await w.get('/services/newborn')).body.rows;
      return w.put(`/services/newborn/checklist/${rows?.[0]?.key ?? 'x'}`, { done: true });
    },
  },
  'GET /services/:id/slots': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.get('/services/newborn/slots'),
  },
  'POST /bookings': {
    allowed: 'zhang',
    forbidden: 'nobody',
    call: async (w, t) =>
      w.post('/bookings', {
        clientId: newClientId(),
        serviceId: 'retire',
        slotId: await t.slotId(),
      }),
  },
  'GET /bookings': { allowed: 'zhao', forbidden: 'nobody', call: (w) => w.get('/bookings') },
  'GET /bookings/:id': {
    allowed: 'zhao',
    forbidden: 'zhang',
    call: (w, t) => w.get(`/bookings/${t.bookingId}`),
  },
  'POST /bookings/:id/move': {
    allowed: 'zhao',
    forbidden: 'zhang',
    call: async (w, t) =>
      w.post(`/bookings/${t.bookingId}/move`, {
        clientId: newClientId(),
        slotId: await t.slotId(),
      }),
  },
  'POST /bookings/:id/cancel': {
    allowed: 'zhao',
    forbidden: 'zhang',
    call: (w, t) => w.post(`/bookings/${t.bookingId}/cancel`, { clientId: newClientId() }),
  },
  'GET /help-requests': {
    allowed: 'sun',
    forbidden: 'nobody',
    call: (w) => w.get('/help-requests'),
  },
  'POST /help-requests': {
    allowed: 'zhang',
    forbidden: 'nobody',
    call: (w) => w.post('/help-requests', { clientId: newClientId(), text: '帮俺交个电费' }),
  },
  'GET /help-requests/:id': {
    allowed: 'sun',
    forbidden: 'liu',
    call: (w, t) => w.get(`/help-requests/${t.helpId}`),
  },
  'POST /help-requests/:id/actions': {
    allowed: 'sun',
    forbidden: 'liu',
    call: (w, t) =>
      w.post(`/help-requests/${t.helpId}/actions`, { clientId: newClientId(), action: 'accept' }),
  },
  'GET /inbox': { allowed: 'wang', forbidden: 'zhao', call: (w) => w.get('/inbox') },
  'GET /households/:id': {
    allowed: 'wang',
    forbidden: 'liu',
    call: (w, t) => w.get(`/households/${t.thread.slice(2)}`),
  },
  'GET /areas': { allowed: 'linxiao', forbidden: 'zhao', call: (w) => w.get('/areas') },
  'GET /people': { allowed: 'linxiao', forbidden: 'zhao', call: (w) => w.get('/people') },
  'POST /leaves': {
    allowed: 'liming',
    forbidden: 'zhao',
    call: (w) => w.post('/leaves', { clientId: newClientId(), ...leave }),
  },
  'DELETE /leaves/:id': {
    allowed: 'liming',
    forbidden: 'zhao',
    call: async (w) => {
      const made = await w.post('/leaves', { clientId: newClientId(), ...leave });
      return w.delete(`/leaves/${made.body.id ?? 'none'}`);
    },
  },
  'GET /landmarks': { allowed: 'wang', forbidden: 'zhao', call: (w) => w.get('/landmarks') },
  'POST /landmarks': {
    allowed: 'wang',
    forbidden: 'liu',
    call: (w) => w.post('/landmarks', { clientId: newClientId(), name: '豆腐坊门前' }),
  },
  'DELETE /landmarks/:id': {
    allowed: 'wang',
    forbidden: 'linxiao',
    call: async (w) => {
      const made = await w.post('/landmarks', { clientId: newClientId(), name: '老磨盘' });
      return w.delete(`/landmarks/${made.body.id ?? 'none'}`);
    },
  },
  'POST /imports/:kind': {
    allowed: 'admin',
    forbidden: 'linxiao',
    call: (w) => w.post('/imports/units', '{"id":"u-new","name":"新单位","areaPath":"/xc/"}'),
  },
  'GET /desk/summary': {
    allowed: 'linxiao',
    forbidden: 'liming',
    call: (w) => w.get('/desk/summary'),
  },
  'GET /articles': { allowed: 'zhou', forbidden: 'wang', call: (w) => w.get('/articles?q=医保') },
  'POST /articles': {
    allowed: 'zhou',
    forbidden: 'liming',
    call: (w) => w.post('/articles', { clientId: newClientId() }),
  },
  'POST /articles/preview': {
    allowed: 'zhou',
    forbidden: 'zhao',
    call: (w) => w.post('/articles/preview', { fields: articleFields, question: '澡堂几点开门' }),
  },
  'POST /articles/import': {
    allowed: 'linxiao',
    forbidden: 'zhou',
    call: (w) =>
      w.post('/articles/import', {
        clientId: newClientId(),
        files: [{ name: 'bad.md', text: '没有说明' }],
      }),
  },
  'GET /articles/:id': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) => w.get('/articles/senior-allowance'),
  },
  'GET /articles/:id/draft': {
    allowed: 'linxiao',
    forbidden: 'wang',
    call: (w, t) => w.get(`/articles/${t.draftId}/draft`),
  },
  'PUT /articles/:id': {
    allowed: 'zhou',
    // 镇电工班 writes about lamps, not about whatever a village may want to know.
    forbidden: 'liu',
    call: async (w, t) =>
      w.put(`/articles/${t.draftId}`, { clientId: newClientId(), rev: 1, fields: articleFields }),
  },
  'POST /articles/:id/actions': {
    allowed: 'zhou',
    forbidden: 'liu',
    call: (w, t) =>
      w.post(`/articles/${t.draftId}/actions`, {
        clientId: newClientId(),
        rev: 2,
        action: 'submit',
      }),
  },
  'POST /articles/:id/feedback': {
    allowed: 'zhao',
    forbidden: 'nobody',
    call: (w) =>
      w.post('/articles/senior-allowance/feedback', { clientId: newClientId(), useful: true }),
  },
  'GET /questions': { allowed: 'zhou', forbidden: 'wang', call: (w) => w.get('/questions') },
  'POST /questions/:id/actions': {
    allowed: 'zhou',
    forbidden: 'wang',
    call: (w, t) =>
      w.post(`/questions/${t.questionId}/actions`, { clientId: newClientId(), action: 'dismiss' }),
  },
};

/** One red pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);

/** A household with a case, a booking and a picture, and a neighbour who asks for help. */
export const furnish = async (t: TestApp): Promise<Town> => {
  const zhao = await t.api.as('zhao');
  const thread = zhao.me.household.conversationId;
  await zhao.say(thread, '我家门口路灯坏了三天了');
  await t.app.assistant.idle();
  const caseId = (await zhao.get('/cases')).body.items[0].card.id;
  let next = 0;
  const slotId = async (): Promise<string> => {
    const { days } = (await zhao.get('/services/newborn/slots')).body;
    const free = days.flatMap((d: any) => d.slots).filter((s: any) => s.left > 0);
    return free[next++].id;
  };
  const booking = await zhao.post('/bookings', {
    clientId: newClientId(),
    serviceId: 'newborn',
    slotId: await slotId(),
  });
  const zhang = await t.api.as('zhang');
  const help = await zhang.post('/help-requests', {
    clientId: newClientId(),
    text: '帮俺缴个医保',
    kind: 'phone',
  });
  const zhou = await t.api.as('zhou');
  const draft = await zhou.post('/articles', { clientId: newClientId() });
  await zhao.say(thread, '请问村里广场的旗杆有多高');
  await t.app.assistant.idle();
  const unanswered = await zhou.get('/questions');
  const file = await zhao.upload(picture, 'a.png', 'image/png');
  return {
    thread,
    caseId,
    bookingId: booking.body.id,
    helpId: help.body.id,
    fileUrl: file.body.url,
    slotId,
    draftId: draft.body.id,
    questionId: unanswered.body.items[0].id,
  };
};

/** There is no admin among the personas: nobody should become one by clicking. */
export const adminOf = async (t: TestApp): Promise<Client> => {
  const admin = await t.app.modules.directoryModels.people
    .findOne({ 'roles.role': 'admin' })
    .lean();
  const { accessToken, me } = await t.app.modules.sessions.signIn(admin!._id);
  return new Client(t.url, accessToken, me);
};

/** Signs in as a persona, as nobody, as somebody who may be signed out, or as the admin. */
export const become = async (t: TestApp, name: string): Promise<Client> => {
  if (name === 'nobody') return t.api.nobody;
  if (name === 'throwaway') return t.api.signIn('liu');
  if (name === 'admin') return adminOf(t);
  return t.api.as(name);
};
