import { AppError } from '../../kernel/errors';
import { local } from '../../kernel/localTime';
import { kindsOfHelp } from './kinds';
import type { HelpDoc, HelpState } from './model';
import type { HelpAction } from './relation';

export interface HelpAsk {
  action: HelpAction;
  step?: number;
  stars?: number;
  text?: string;
}

export interface HelpChange {
  set: Partial<HelpDoc>;
  unset?: ('volunteerId' | 'consent')[];
  /** Line in the household's thread. */
  notice: string;
}

/** Consent ends with the day it is used on, at 24:00. */
const endOfDay = (now: Date): Date => local(now).startOf('day').add(1, 'day').toDate();

const mustBe = (h: HelpDoc, ...states: HelpState[]): void => {
  if (!states.includes(h.state)) throw new AppError('wrongStep');
};

const mustHold = (h: HelpDoc, personId: string): void => {
  if (h.volunteerId !== personId) throw new AppError('forbidden');
};

const accept = (
  h: HelpDoc,
  who: { id: string; name: string },
  now: Date,
): HelpChange | undefined => {
  if (h.volunteerId === who.id && h.state === 'accepted') return undefined;
  if (h.volunteerId && h.state !== 'cancelled') throw new AppError('taken');
  mustBe(h, 'open');
  return {
    set: {
      state: 'accepted',
      volunteerId: who.id,
      consent: {
        scope: kindsOfHelp[h.kind].scope,
        until: endOfDay(now),
        proof: h.proof,
      },
    },
    notice: `${who.name}接了：${h.title}，${h.when}`,
  };
};

const tick = (h: HelpDoc, index: number | undefined, now: Date): HelpChange | undefined => {
  mustBe(h, 'accepted');
  const step = index === undefined ? undefined : h.steps[index];
  if (!step) throw new AppError('invalid');
  if (step.done) return undefined;
  return {
    set: {
      steps: h.steps.map((s, i) => (i === index ? { ...s, done: true } : s)),
      // Accepted today, gone to on Friday: consent counts for the day the volunteer is at the door.
      ...(h.consent ? { consent: { ...h.consent, until: endOfDay(now) } } : {}),
    },
    notice: `搭把手 ${h.steps.filter((s) => s.done).length + 1}/${h.steps.length}：${step.text}`,
  };
};

/**
 * What an action does to a request; undefined leaves it as it is.
 * @throws AppError taken, wrongStep, forbidden, invalid
 */
export const decide = (
  h: HelpDoc,
  ask: HelpAsk,
  who: { id: string; name: string },
  now: Date,
): HelpChange | undefined => {
  switch (ask.action) {
    case 'accept':
      return accept(h, who, now);
    case 'step':
      mustHold(h, who.id);
      return tick(h, ask.step, now);
    case 'release':
      mustHold(h, who.id);
      mustBe(h, 'accepted');
      return {
        set: { state: 'open', steps: h.steps.map((s) => ({ ...s, done: false })) },
        unset: ['volunteerId', 'consent'],
        notice: `${who.name}有事去不了了，正在再找人`,
      };
    case 'done':
      mustHold(h, who.id);
      mustBe(h, 'accepted');
      return {
        set: { state: 'done' },
        notice: ask.text
          ? `${who.name}说办好了：${ask.text}。您看行不行？`
          : `${who.name}说办好了，您看行不行？`,
      };
    case 'confirm':
      mustBe(h, 'done');
      return {
        set: { state: 'confirmed', confirmedAt: now },
        notice: `办好了，给志愿者记 ${h.creditHours} 小时`,
      };
    case 'rate':
      if (h.rating) throw new AppError('wrongStep');
      mustBe(h, 'done', 'confirmed');
      if (!ask.stars) throw new AppError('invalid', undefined, '打几颗星？');
      return {
        // Whoever rates it has seen it done.
        set: {
          state: 'confirmed',
          confirmedAt: h.confirmedAt ?? now,
          rating: { stars: ask.stars, ...(ask.text ? { text: ask.text } : {}) },
        },
        notice: `您打了 ${ask.stars} 星，谢谢`,
      };
    case 'cancel':
      mustBe(h, 'open', 'accepted', 'done');
      return {
        set: { state: 'cancelled' },
        notice: h.state === 'done' ? '记下了：这件没办成' : '搭把手这件事不用了',
      };
  }
};
