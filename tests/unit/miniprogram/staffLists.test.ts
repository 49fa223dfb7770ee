import type {
  CaseCard,
  CaseRow,
  HelpCard,
  InboxRow,
  MessageView,
} from '@alley-chief/shared/contract';
import { foldMessage, partsOf } from '../../../miniprogram/src/packages/chief/inbox/rows';
import {
  bandsOf,
  countdown,
  foldCard,
  percent,
  stageWord,
  thousands,
} from '../../../miniprogram/src/packages/staff/queue';
import { choicesFor, chosen } from '../../../miniprogram/src/packages/volunteer/list/filters';

const now = Date.parse('2026-07-16T08:52:00.000Z');
const inMinutes = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

/** Only what these functions read. */
const cardOf = (part: Partial<CaseCard>): CaseCard =>
  ({
    type: 'case',
    id: 'c1',
    rev: 1,
    state: 'handling',
    status: { text: '处置中', tone: 'do' },
    bricks: [
      { key: 'discover', label: '发现', state: 'done' },
      { key: 'assign', label: '分办', state: 'done' },
      { key: 'coHandle', label: '处置', state: 'now' },
      { key: 'feedback', label: '反馈', state: 'todo' },
      { key: 'appraise', label: '评价', state: 'todo' },
    ],
    ...part,
  }) as CaseCard;
const rowOf = (id: string, band: CaseRow['band'], rev = 1): CaseRow => ({
  card: cardOf({ id, rev }),
  band,
  sub: '',
});

describe('a queue', () => {
  it('stands in bands by the clock, in the order the server gave, without empty bands', () => {
    const rows = [rowOf('a', 'today'), rowOf('b', 'overdue'), rowOf('c', 'today')];
    expect(bandsOf(rows).map((band) => [band.label, band.rows.map((r) => r.card.id)])).toEqual([
      ['已超时', ['b']],
      ['今天到点', ['a', 'c']],
    ]);
  });

  it('takes a newer card in place and lets an older or unknown one pass', () => {
    const rows = [rowOf('a', 'today', 2), rowOf('b', 'today', 2)];
    expect(foldCard(rows, cardOf({ id: 'b', rev: 3 }))[1]?.card.rev).toBe(3);
    expect(foldCard(rows, cardOf({ id: 'b', rev: 1 }))).toBe(rows);
    expect(foldCard(rows, cardOf({ id: 'z', rev: 9 }))).toBe(rows);
  });

  it('counts down in words, and shows the state where no clock runs', () => {
    expect(countdown(cardOf({ dueAt: inMinutes(68) }), now)).toEqual({
      text: '1 小时 8 分',
      tone: 'soon',
    });
    expect(countdown(cardOf({ dueAt: inMinutes(180) }), now).tone).toBe('plain');
    expect(countdown(cardOf({ dueAt: inMinutes(-40) }), now)).toEqual({
      text: '超 40 分钟',
      tone: 'late',
    });
    expect(countdown(cardOf({ state: 'resolved', dueAt: inMinutes(-40) }), now).text).toBe(
      '处置中',
    );
  });

  it('names the stage a matter is in', () => {
    expect(stageWord(cardOf({}))).toBe('处置');
  });

  it('writes figures as people read them and never rounds a share up to everything', () => {
    expect([thousands(195), thousands(11_269), thousands(1_234_567)]).toEqual([
      '195',
      '11,269',
      '1,234,567',
    ]);
    expect(percent(99_999, 100_000)).toBe('99.9');
    expect(percent(0, 40)).toBe('0');
    expect(percent(0, 0)).toBeUndefined();
  });
});

describe("the chief's inbox", () => {
  const household = (part: Partial<InboxRow>): InboxRow => ({
    householdId: 'h7',
    conversationId: 'hh:h7',
    plate: '槐树胡同 7 号',
    name: '赵家',
    note: '',
    lastText: '',
    unread: 0,
    urgent: false,
    ...part,
  });
  const message = (part: Partial<MessageView>): MessageView => ({
    id: 'm1',
    conversationId: 'hh:h7',
    seq: 5,
    kind: 'text',
    text: '今天电工几点来？',
    from: {
      kind: 'person',
      id: 'p-zhao',
      name: '赵桂香',
      surname: '赵',
      title: '',
      tone: 'household',
    },
    at: inMinutes(0),
    ...part,
  });
  const chief = {
    kind: 'person',
    id: 'p-wang',
    name: '王秀兰',
    surname: '王',
    title: '胡同长',
    tone: 'chief',
  } as const;

  it('starts the waiting with the first unanswered word and keeps that time', () => {
    const once = foldMessage([household({})], message({}), 'p-wang');
    const twice = foldMessage(
      once,
      message({ seq: 6, at: inMinutes(3), text: '要留人不' }),
      'p-wang',
    );
    expect(twice[0]).toMatchObject({
      waitingSince: inMinutes(0),
      unread: 2,
      lastText: '要留人不',
    });
    expect(partsOf(twice).waiting).toHaveLength(1);
  });

  it('keeps households that never spoke apart from those who were answered', () => {
    const parts = partsOf([household({}), household({ lastAt: inMinutes(-9) })]);
    expect([parts.waiting, parts.answered, parts.silent].map((part) => part.length)).toEqual([
      0, 1, 1,
    ]);
  });

  it("ends the waiting with the chief's own answer", () => {
    const rows = [household({ waitingSince: inMinutes(-8), unread: 2 })];
    const answered = foldMessage(rows, message({ from: chief, text: '下午来' }), 'p-wang');
    expect(answered[0]).toMatchObject({ unread: 0, lastText: '您：下午来' });
    expect(partsOf(answered).answered).toHaveLength(1);
  });

  it('is not changed by a message it has already, or by another conversation', () => {
    const rows = [household({ lastAt: inMinutes(0) })];
    expect(foldMessage(rows, message({}), 'p-wang')).toBe(rows);
    expect(foldMessage(rows, message({ conversationId: 'hh:h9' }), 'p-wang')).toBe(rows);
  });
});

describe("a volunteer's filters", () => {
  const help = (id: string, kind: string, when: string, distanceMetres?: number): HelpCard =>
    ({ id, kind, when, distanceMetres }) as HelpCard;
  const cards = [
    help('a', 'phone', '今天下午', 900),
    help('b', 'lift', '周五上午', 400),
    help('c', 'lift', '方便的时候', 80),
  ];

  it('offer only what would leave some and drop some', () => {
    expect(choicesFor(cards).map((choice) => choice.label)).toEqual([
      '今天能去',
      '离我近',
      '手机上的事',
      '搭把力气',
    ]);
    expect(choicesFor([cards[0]!])).toEqual([]);
  });

  it('put the nearest first', () => {
    expect(chosen(cards, 'near').map((card) => card.id)).toEqual(['c', 'b']);
    expect(chosen(cards, 'today').map((card) => card.id)).toEqual(['a']);
    expect(chosen(cards, undefined)).toHaveLength(3);
  });
});
