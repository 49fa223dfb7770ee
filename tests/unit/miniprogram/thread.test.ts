import fc from 'fast-check';
import type { Card, CaseCard, EmergencyCard, MessageView } from '@alley-chief/shared/contract';
import type { Entry } from '../../../miniprogram/src/realtime/outbox';
import { emptyThread } from '../../../miniprogram/src/realtime/thread';
import type { ThreadState } from '../../../miniprogram/src/realtime/thread';
import { chipsOf, ratingChips } from '../../../miniprogram/src/thread/chips';
import { rowsOf } from '../../../miniprogram/src/thread/rows';
import {
  atEnd,
  mostRows,
  newer,
  older,
  startingAt,
  stretchOf,
} from '../../../miniprogram/src/thread/window';

const minute = 60_000;
const zhao = { kind: 'person', id: 'zhao', name: '赵桂香', surname: '赵', title: '' } as const;
const wang = {
  kind: 'person',
  id: 'wang',
  name: '王秀兰',
  surname: '王',
  title: '胡同长',
} as const;

const message = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  id: `m${seq}`,
  conversationId: 'h1',
  seq,
  from: { ...zhao, tone: 'household' },
  kind: 'text',
  text: `第 ${seq} 句`,
  at: new Date(seq * 1000).toISOString(),
  ...more,
});
const thread = (messages: MessageView[], more: Partial<ThreadState> = {}): ThreadState => ({
  ...emptyThread('h1'),
  loaded: true,
  messages,
  ...more,
});
const entry = (clientId: string, more: Partial<Entry> = {}): Entry => ({
  clientId,
  conversationId: 'h1',
  draft: { kind: 'text', text: '存着的话' },
  state: 'stored',
  at: 9000,
  ...more,
});
const chief = { ...wang, tone: 'chief' } as const;

describe('the rows of a thread', () => {
  it('put a time before the first word and after a silence of more than five minutes', () => {
    const late = new Date(10 * minute).toISOString();
    const kinds = rowsOf(thread([message(1), message(2), message(3, { at: late })]), [], 'zhao');
    expect(kinds.map((row) => row.kind)).toEqual([
      'stamp',
      'message',
      'message',
      'stamp',
      'message',
    ]);
  });

  it('draw words of one person closer together, until somebody else speaks', () => {
    const rows = rowsOf(thread([message(1), message(2), message(3, { from: chief })]), [], 'zhao');
    const said = rows.flatMap((row) => (row.kind === 'message' ? [row.continued] : []));
    expect(said).toEqual([false, true, false]);
  });

  it('say below my newest words who has read them', () => {
    const state = thread([message(1), message(2)], { reads: { wang: { name: '', seq: 2 } } });
    const notes = (names = {}) =>
      rowsOf(state, [], 'zhao', names).flatMap((row) => (row.kind === 'message' ? [row.note] : []));
    expect(notes()).toEqual([undefined, '已送到']);
    expect(notes({ wang: '王婶' })).toEqual([undefined, '王婶看过了']);
  });

  it('show a card once, in its newest state, where it hangs', () => {
    const card = { type: 'case', id: 'C1', rev: 4 } as CaseCard;
    const hangs = message(2, { kind: 'card', card: { type: 'case', id: 'C1' } });
    const state = thread([message(1), hangs], { cards: { 'case:C1': card } });
    const row = rowsOf(state, [], 'zhao').find((one) => one.kind === 'card');
    expect(row).toMatchObject({ kind: 'card', card });
  });

  it('pass over what this person may not read', () => {
    const veiled: MessageView = { ...message(2), kind: 'notice', text: undefined };
    expect(rowsOf(thread([message(1), veiled]), [], 'zhao').map((row) => row.key)).not.toContain(
      'm2',
    );
  });

  it('show what is not sent yet, but never beside its arrived twin', () => {
    const state = thread([message(1, { clientId: 'arrived1' })]);
    const rows = rowsOf(state, [entry('arrived1'), entry('waiting1')], 'zhao');
    expect(rows.filter((row) => row.kind === 'unsent').map((row) => row.key)).toEqual(['waiting1']);
  });
});

describe('the window of a long thread', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k${i}` }));

  it('never mounts more than sixty rows while one scrolls, and always comes back to the newest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.constantFrom('older', 'newer'), { maxLength: 60 }),
        (count, moves) => {
          const all = rows(count);
          let window = atEnd;
          for (const move of moves) {
            window = move === 'older' ? older(all, window) : newer(all, window);
            const [from, to] = stretchOf(all, window);
            expect(from).toBeLessThan(to);
            expect(to - from).toBeLessThanOrEqual(mostRows);
          }
          for (let i = 0; i < 30; i++) window = newer(all, window);
          expect(stretchOf(all, window)[1]).toBe(count);
        },
      ),
    );
  });

  it('reaches the oldest row by going up', () => {
    const all = rows(300);
    let window = atEnd;
    for (let i = 0; i < 20; i++) window = older(all, window);
    expect(stretchOf(all, window)[0]).toBe(0);
  });

  it('keeps its place when older rows come in before it, though the time above the first goes away', () => {
    const before = [{ key: 't5', kind: 'stamp' }, { key: 'k5' }, { key: 'k6' }];
    const window = startingAt(before, 'k5');
    expect(stretchOf(before, window)[0]).toBe(0);
    const after = [{ key: 'k3' }, { key: 'k4' }, { key: 'k5' }, { key: 'k6' }];
    expect(stretchOf(after, window)[0]).toBe(2);
  });

  it('goes to a row that is asked for', () => {
    const all = rows(300);
    const [from, to] = stretchOf(all, startingAt(all, 'k100'));
    expect(from).toBeLessThanOrEqual(100);
    expect(to).toBeGreaterThan(100);
  });
});

describe('suggested replies', () => {
  const sos = { type: 'emergency', id: 'E1', rev: 1, state: 'told', chips: ['人都出来了'] };
  const hangs = message(2, { kind: 'card', card: { type: 'emergency', id: 'E1' } });
  const asked = message(3, { chips: [{ label: '跳过', text: '跳过' }] });

  it('are those of the newest message, and none once it was answered', () => {
    expect(chipsOf(thread([message(1), asked])).map((chip) => chip.label)).toEqual(['跳过']);
    expect(chipsOf(thread([asked, message(4)]))).toEqual([]);
  });

  it('are the facts rescuers need while an emergency is open', () => {
    const at = (state: string) =>
      thread([hangs, asked], { cards: { 'emergency:E1': { ...sos, state } as EmergencyCard } });
    expect(chipsOf(at('told')).map((chip) => chip.label)).toEqual(['人都出来了']);
    expect(chipsOf(at('closed')).map((chip) => chip.label)).toEqual(['跳过']);
  });

  it('lead to rating what waits for stars', () => {
    const rate = { action: 'rate', label: '打个分', style: 'filled', needs: ['stars'] };
    const card = { type: 'case', id: 'C1', rev: 1, actions: [rate] } as unknown as Card;
    expect(ratingChips(thread([], { cards: { 'case:C1': card } }))).toMatchObject([
      { action: 'rate', target: 'C1' },
    ]);
  });
});
