import type { Card, CardType } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import { cardsOf, type Heard, type Player } from './player';
import type { Printer } from './printer';

export interface Cast {
  zhao: Player;
  zhang: Player;
  wang: Player;
  liming: Player;
  liu: Player;
  sun: Player;
  zhou: Player;
  linxiao: Player;
  /** Present when the walkthrough may sign tokens (it started the server itself). */
  secondVolunteer?: Player;
}

/** Remembers how much everybody had heard, so that a scene only counts what it caused. */
export class Stage {
  private readonly marks = new Map<Player, number>();

  constructor(
    readonly cast: Cast,
    readonly print: Printer,
  ) {}

  get everybody(): Player[] {
    return Object.values(this.cast).filter((p): p is Player => p !== undefined);
  }

  /** What was heard before now no longer counts. */
  mark(): void {
    for (const p of this.everybody) this.marks.set(p, p.heard.length);
  }

  sinceMark(p: Player): Heard[] {
    return p.heard.slice(this.marks.get(p) ?? 0);
  }

  wait(p: Player, what: string, want: (f: ServerFrame) => boolean): Promise<Heard> {
    return p.until(what, want, this.marks.get(p) ?? 0);
  }

  /** Waits for somebody's screen and prints how long it took. */
  async reaches(
    p: Player,
    sentAt: number,
    what: string,
    want: (f: ServerFrame) => boolean,
    say: (f: ServerFrame) => string,
  ): Promise<ServerFrame> {
    const { frame, at } = await this.wait(p, what, want);
    this.print.got(p.label, at - sentAt, say(frame), what);
    return frame;
  }

  /** Says something in the speaker's own thread (or the given one). */
  async say(p: Player, text: string, thread = p.thread): Promise<number> {
    this.mark();
    this.print.says(p.label, `“${text}”`);
    const { sentAt } = await p.post(`/conversations/${thread}/messages`, { kind: 'text', text });
    return sentAt;
  }

  /** The card a player's screen shows for what the last words led to. */
  async card<T extends CardType>(
    p: Player,
    type: T,
    also: (c: Card) => boolean = () => true,
  ): Promise<Extract<Card, { type: T }>> {
    const fits = (c: Card): boolean => c.type === type && also(c);
    const { frame } = await this.wait(p, `${type} 卡片`, (f) => cardsOf(f).some(fits));
    return cardsOf(frame).find(fits) as Extract<Card, { type: T }>;
  }

  /** Takes a step of a case and shows who learns of it. */
  async act(
    p: Player,
    caseId: string,
    action: string,
    label: string,
    more: object = {},
  ): Promise<number> {
    this.mark();
    this.print.says(p.label, label);
    const { sentAt } = await p.post(`/cases/${caseId}/actions`, { action, ...more });
    return sentAt;
  }
}

/** The words of a message frame, or what kind of thing it is. */
export const wordsOf = (f: ServerFrame): string =>
  f.t === 'message' ? (f.message.text ?? `[${f.message.kind}]`) : f.t;

export const saying = (text: string) => (f: ServerFrame) =>
  f.t === 'message' && f.message.text === text;

export const showing = (type: CardType, id?: string) => (f: ServerFrame) =>
  cardsOf(f).some((c) => c.type === type && (!id || c.id === id));

/** A line the bot says about a case that just changed. */
export const noticeOf = (id: string) => (f: ServerFrame) =>
  f.t === 'message' && f.message.from.kind === 'bot' && f.cards.some((c) => c.id === id);
