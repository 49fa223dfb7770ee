import fc from 'fast-check';
import type { CaseCard, MessageView } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import { fold } from '../../../miniprogram/src/realtime/fold';
import { cursorOf, emptyThread, hasGap, withPage } from '../../../miniprogram/src/realtime/thread';
import type { ThreadState } from '../../../miniprogram/src/realtime/thread';

const id = 'h1';

const message = (seq: number, conversationId = id): MessageView => ({
  id: `m${seq}`,
  conversationId,
  seq,
  clientId: `client-${seq}`,
  from: { kind: 'person', id: 'p1', name: '赵桂香', surname: '赵', title: '', tone: 'household' },
  kind: seq % 5 === 0 ? 'card' : 'text',
  text: `第 ${seq} 句`,
  ...(seq % 5 === 0 && { card: { type: 'case', id: 'C1' } }),
  at: new Date(seq * 1000).toISOString(),
});

/** Only what the reducer looks at. */
const card = (rev: number) => ({ type: 'case', id: 'C1', rev }) as CaseCard;

/** What the server would answer for a thread of `last` messages: everything, cards in their newest state. */
const fresh = (last: number, rev: number, from = 1): ThreadState =>
  withPage(emptyThread(id), {
    messages: Array.from({ length: last - from + 1 }, (_, i) => message(from + i)),
    cards: last >= 5 ? [card(rev)] : [],
    hasMore: from > 1,
  });

const framesFrom = (from: number, last: number, rev: number): ServerFrame[] =>
  Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => ({
    t: 'message',
    message: message(from + i),
    cards: last >= 5 && from + i === last ? [card(rev)] : [],
  }));

const play = (state: ThreadState, frames: readonly ServerFrame[]): ThreadState =>
  frames.reduce((s, frame) => fold(s, frame, 0), state);

describe('a thread on the phone', () => {
  it('is the same after old state and missed frames as after a fresh reading, in any order and any number', () => {
    fc.assert(
      fc.property(
        fc.record({ held: fc.nat(30), missed: fc.integer({ min: 1, max: 30 }) }).chain((shape) =>
          fc.record({
            held: fc.constant(shape.held),
            last: fc.constant(shape.held + shape.missed),
            // Frames come shuffled, some twice, some of them known already.
            order: fc.shuffledSubarray([...Array(shape.missed * 2 + shape.held).keys()], {
              minLength: 0,
            }),
          }),
        ),
        ({ held, last, order }) => {
          const all = framesFrom(1, last, 7);
          const missed = framesFrom(held + 1, last, 7);
          const stray = order.map((i) => [...missed, ...missed, ...all][i]!);
          const state = play(fresh(held, 3), [...stray, ...missed.reverse()]);
          const expected = fresh(last, 7);
          expect(state.messages).toEqual(expected.messages);
          expect(state.ahead).toEqual({});
          expect(state.cards).toEqual(expected.cards);
        },
      ),
    );
  });

  it('keeps what lies behind a gap to itself until the gap is filled', () => {
    const behind = play(fresh(3, 1), framesFrom(5, 6, 1));
    expect(cursorOf(behind)).toBe(3);
    expect(hasGap(behind)).toBe(true);
    const whole = play(behind, framesFrom(4, 4, 1));
    expect(whole.messages.map((m) => m.seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(hasGap(whole)).toBe(false);
  });

  it('never lets an older card replace a newer one, whichever way they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1 }), (revs) => {
        const state = play(
          fresh(5, 0),
          revs.map((rev) => ({ t: 'card', card: card(rev) })),
        );
        expect(state.cards['case:C1']?.rev).toBe(Math.max(...revs, 0));
      }),
    );
  });

  it('moves read marks forward only, and keeps the name it knew', () => {
    const read = (seq: number, name = ''): ServerFrame => ({
      t: 'read',
      conversationId: id,
      personId: 'p2',
      name,
      seq,
    });
    const state = play(fresh(9, 1), [read(4, '王秀兰'), read(8), read(2)]);
    expect(state.reads['p2']).toEqual({ name: '王秀兰', seq: 8 });
  });

  it('joins older pages to the front and knows when there are no more', () => {
    const recent = fresh(60, 1, 31);
    expect(recent.hasOlder).toBe(true);
    const page = { messages: fresh(30, 1).messages.slice(), cards: [], hasMore: false };
    const whole = withPage(recent, page);
    expect(whole.messages.map((m) => m.seq)).toEqual(fresh(60, 1).messages.map((m) => m.seq));
    expect(whole.hasOlder).toBe(false);
  });

  it('starts anew when the newest page no longer touches what is held', () => {
    const late = withPage(fresh(10, 1), {
      messages: fresh(90, 1, 61).messages.slice(),
      cards: [],
      hasMore: true,
    });
    expect(late.messages[0]?.seq).toBe(61);
    expect(late.hasOlder).toBe(true);
  });

  it('stops showing that somebody types once they have spoken', () => {
    const typing: ServerFrame = { t: 'typing', conversationId: id, personId: 'p1', name: '赵桂香' };
    const state = play(fresh(1, 1), [typing]);
    expect(state.typing['p1']).toBeDefined();
    expect(play(state, framesFrom(2, 2, 1)).typing).toEqual({});
  });

  it('leaves frames of other conversations alone', () => {
    const state = fresh(3, 1);
    const other: ServerFrame = { t: 'message', message: message(4, 'h2'), cards: [card(9)] };
    expect(fold(state, other, 0)).toBe(state);
  });
});
