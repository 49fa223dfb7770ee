import type {
  BookingCard,
  Brick,
  BundleCard,
  CardAction,
  CaseCard,
  EmergencyCard,
  HelpCard,
  InboxRow,
  PersonTile,
  Sender,
} from '@alley-chief/shared/contract';

/** 7 月 15 日 18:12 in the village. */
export const now = Date.parse('2026-07-15T18:12:00+08:00');
const at = (s: string) => new Date(Date.parse(`2026-07-${s}:00+08:00`)).toISOString();

const labels = ['发现', '分办', '处置', '反馈', '评价'];
const keys = ['discover', 'assign', 'coHandle', 'feedback', 'appraise'] as const;
export const bricks = (step: number, late = false): Brick[] =>
  keys.map((key, i) => ({
    key,
    label: labels[i] ?? '',
    state: i < step ? 'done' : i === step ? (late ? 'late' : 'now') : 'todo',
  }));
const act = (action: string, label: string, style: CardAction['style'], more = {}): CardAction => ({
  action,
  label,
  style,
  needs: [],
  ...more,
});

export const bot: Sender = { kind: 'bot', name: '小同', surname: '同', title: '', tone: 'bot' };
export const chief: Sender = {
  kind: 'person',
  id: 'p1',
  name: '王秀兰',
  surname: '王',
  title: '胡同长',
  tone: 'chief',
};
export const zhao: Sender = {
  kind: 'person',
  id: 'p2',
  name: '赵桂香',
  surname: '赵',
  title: '',
  tone: 'household',
};
export const liu: PersonTile = {
  id: 'p3',
  name: '刘建设',
  surname: '刘',
  callName: '刘建设师傅',
  title: '镇电工班',
  tone: 'worker',
  phone: '13800000000',
};

export const lamp: CaseCard = {
  id: 'c1',
  rev: 1,
  type: 'case',
  number: 'HY-0715-0316',
  title: '路灯不亮',
  icon: 'lamp',
  categoryName: '城乡照明',
  plate: { text: '槐树胡同 7 号门口', tone: 'solid' },
  status: { text: '处置中', tone: 'do' },
  state: 'handling',
  viewer: 'reporter',
  holder: liu,
  reason: '路灯归电工班管，他今晚值班，离您家也近。',
  dueAt: at('16T18:00'),
  dueVerb: '修好',
  overdue: false,
  urgent: false,
  confidential: false,
  bricks: bricks(2),
  photos: [],
  resultPhotos: [],
  openedAt: at('15T18:01'),
  updatedAt: at('15T18:04'),
  actions: [
    act('urge', '催一催', 'filled'),
    act('photo', '补照片', 'outline'),
    act('call', '打电话', 'outline'),
    act('withdraw', '撤回', 'text'),
  ],
};
export const lampElder: CaseCard = {
  ...lamp,
  plate: { text: '7 号门口', tone: 'solid' },
  reason: '路灯归他管，今晚他值班。',
  actions: [
    act('call', '打给刘师傅', 'filled'),
    act('urge', '催一催', 'outline'),
    act('photo', '补照片', 'outline'),
    act('withdraw', '撤回', 'text'),
  ],
};
export const lampUrged: CaseCard = {
  ...lamp,
  actions: [
    act('urge', '催一催', 'filled', { disabledUntil: at('15T22:00') }),
    act('photo', '补照片', 'outline'),
    act('call', '打电话', 'outline'),
  ],
};
export const ditch: CaseCard = {
  ...lamp,
  id: 'c2',
  title: '排水沟堵了，污水进院',
  status: { text: '超时 2 小时', tone: 'hot' },
  overdue: true,
  holder: { ...liu, name: '马师傅', title: '乡环卫站' },
  dueAt: at('15T15:30'),
  dueVerb: '通开',
  bricks: bricks(2, true),
};
export const photo1 = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 184 132" width="184" height="132"><rect width="184" height="132" fill="#3E4A55"/><rect y="70" width="184" height="62" fill="#2C343B"/><path d="M0 74l58-14v72H0z" fill="#59504A"/><path d="M184 66l-46-8v74h46z" fill="#4A433E"/><path d="M101 132V40c0-8 5-13 13-13h10" fill="none" stroke="#8B8F90" stroke-width="3.5"/><path d="M118 27h20l-4 8h-12z" fill="#A9ADAD"/></svg>')}`;
export const fixed: CaseCard = {
  ...lamp,
  id: 'c3',
  status: { text: '修好了', tone: 'wait' },
  bricks: bricks(4),
  photos: [photo1],
  resultPhotos: [photo1],
  resultText: '换了镇流器，试亮正常。',
  dueAt: undefined,
  actions: [act('rate', '打个分', 'filled'), act('return', '没修好，退回去', 'outline')],
};
export const doubt: CaseCard = {
  ...lamp,
  id: 'c4',
  title: '慢病买药不能刷医保卡',
  viewer: 'chief',
  holder: undefined,
  status: { text: '没把握', tone: 'wait' },
  uncertain: {
    sentence: '像是医保窗口管，也可能是药店没开通。交给谁，您定。',
    candidates: [
      { category: 'a', label: '医保窗口', percent: 52 },
      { category: 'b', label: '市场监管', percent: 31 },
    ],
  },
  actions: [
    act('passUp', '往上报', 'filled'),
    act('ask', '我来问问', 'outline'),
    act('dismiss', '不是事', 'text'),
  ],
};
export const gas: EmergencyCard = {
  id: 'e1',
  rev: 1,
  type: 'emergency',
  kind: 'gas',
  icon: 'flame',
  headline: '像是燃气漏了，先出门',
  place: '槐树胡同 7 号',
  steps: ['别开灯、别打火，也别在屋里打电话', '开门开窗，人都到院子外头', '到了外头，再打 119'],
  dials: [{ number: '119', label: '拨打 119' }],
  told: [
    {
      text: '已通知网格长 周海峰',
      sub: '18:41 接到，约 6 分钟到',
      person: { ...liu, name: '周海峰' },
    },
    { text: '胡同长、燃气抢修也知道了' },
  ],
  state: 'told',
  viewer: 'reporter',
  chips: ['人都出来了', '老人还在屋里', '弄错了，没事'],
  actions: [],
};
export const baby: BundleCard = {
  id: 'b1',
  rev: 1,
  type: 'bundle',
  serviceId: 's1',
  title: '新生儿出生一件事',
  summary: '户口、医保、社保卡等 7 件一起办\n材料只交一次',
  trips: 1,
  workingDays: 5,
  fee: '不收费',
  rows: [
    { key: '1', name: '申请表', hint: '小同已照您家情况填好', need: 'required', done: true },
    { key: '2', name: '结婚证', hint: '已拍照', need: 'required', done: true },
    {
      key: '3',
      name: '新生儿出生医学记录',
      hint: '出院时医院产科给',
      need: 'required',
      done: false,
    },
    { key: '4', name: '住院费用清单、发票', hint: '医院收费处打印', need: 'required', done: false },
    { key: '5', name: '孩子照片', hint: '', need: 'deferrable', done: false },
    { key: '6', name: '银行卡', hint: '', need: 'deferrable', done: false },
    { key: '7', name: '父母身份证', hint: '', need: 'waived', done: true },
  ],
  ready: 4,
  total: 6,
  linkedMatters: [],
  sample: false,
  actions: [act('open:service', '看要带什么', 'filled')],
};
export const ticket: BookingCard = {
  id: 'k1',
  rev: 1,
  type: 'booking',
  serviceId: 's1',
  serviceName: '新生儿出生一件事',
  ticket: 'B 027',
  startsAt: at('16T09:30'),
  plate: { text: '柳沟便民中心 3 号窗', tone: 'solid' },
  ahead: 4,
  minutes: 20,
  bring: ['新生儿出生医学记录', '住院费用清单、发票'],
  state: 'booked',
  status: { text: '等您去', tone: 'wait' },
  actions: [
    act('move', '改时间', 'outline'),
    act('route', '看路线', 'outline'),
    act('cancel', '不去了', 'text'),
  ],
};
export const wu: PersonTile = {
  id: 'p9',
  name: '吴淑珍',
  surname: '吴',
  callName: '吴奶奶',
  title: '',
  tone: 'household',
  phone: '1',
};
export const help = (
  title: string,
  note: string,
  kind: string,
  place: string,
  m: number,
  when: string,
  h: number,
): HelpCard => ({
  id: title,
  rev: 1,
  type: 'help',
  kind,
  title,
  note,
  elder: wu,
  elderAge: 78,
  plate: { text: place, tone: 'outline' },
  distanceMetres: m,
  when,
  minutes: 20,
  creditHours: h,
  state: 'open',
  status: { text: '等人', tone: 'wait' },
  steps: [
    { text: '到门口，亮志愿者证', done: true },
    { text: '跟她说清：只缴医保，400 元', done: true },
    { text: '用她的手机付，密码她自己按', warn: '别替她收现金，也别记密码', done: false },
    { text: '拍缴费凭证给她孙女看', done: false },
  ],
  viewer: 'volunteer',
  actions: [act('accept', '我去', 'filled')],
});
export const rows: InboxRow[] = [
  {
    householdId: '1',
    conversationId: '1',
    plate: '槐树胡同 3 号',
    name: '张奶奶',
    note: '独居 81 岁',
    lastText: '摔了一下，站不起来',
    waitingSince: at('15T18:00'),
    unread: 1,
    urgent: true,
    dial: '120',
    phone: '1',
  },
  {
    householdId: '2',
    conversationId: '2',
    plate: '槐树胡同 7 号',
    name: '赵家',
    note: '',
    lastText: '今天电工几点来？家里要留人',
    waitingSince: at('15T17:10'),
    unread: 2,
    urgent: false,
  },
  {
    householdId: '3',
    conversationId: '3',
    plate: '槐树胡同 11 号',
    name: '孙家',
    note: '',
    lastText: '语音 14″ 跟后院商量砍树的事',
    waitingSince: at('15T18:04'),
    unread: 1,
    urgent: false,
  },
];
export const quiet: InboxRow[] = [
  {
    householdId: '4',
    conversationId: '4',
    plate: '槐树胡同 5 号',
    name: '李家',
    note: '',
    lastText: '您：医保交上了，截图发您',
    lastAt: at('14T20:11'),
    unread: 0,
    urgent: false,
  },
  {
    householdId: '5',
    conversationId: '5',
    plate: '槐树胡同 9 号',
    name: '陈家',
    note: '',
    lastText: '好嘞，我在家等他们来',
    lastAt: at('14T18:40'),
    unread: 0,
    urgent: false,
  },
];
export { at };
