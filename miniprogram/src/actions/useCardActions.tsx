import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Card, CardAction } from '@alley-chief/shared/contract';
import { newClientId, problemOf, uploadFile } from '../api';
import { callNumber, choosePictures, confirm, go, toast } from '../platform';
import { pages } from '../stores/pages';
import { ActionSheet } from './ActionSheet';
import { perform } from './perform';
import type { Outcome } from './perform';
import { ownAct, questions, stillNeeded } from './target';
import type { Given, Need } from './target';

export interface CardActions {
  /** Carries out a button of a card, asking first for whatever it needs. */
  run: (card: Card, action: CardAction, given?: Given) => void;
  /** `action` of the step under way on this card. */
  busyOf: (card: Pick<Card, 'type' | 'id'>) => string | undefined;
  /** The sheet that asks; give it to Page's `overlay`. */
  sheet: ReactNode;
}

export interface CardActionsOptions {
  /** After a step was taken. */
  onDone?: ((outcome: Outcome, action: CardAction) => void) | undefined;
  /** The `photo` action and the camera chip: a picture into the thread. Without it the action is not offered. */
  onPhoto?: (() => void) | undefined;
}

interface Asking {
  card: Card;
  action: CardAction;
  needs: Need[];
  given: Given;
}

/** Words for a step that was taken; the card itself shows the rest. */
const thanks: Record<string, string> = {
  nudge: '替您催过了',
  addPhoto: '照片补上了',
  rate: '谢谢您打分',
  withdraw: '撤回了',
  reopen: '退回去重办了',
  reclassify: '改好了，小同也记住了',
  cancel: '号退了',
  join: '并到一起了',
  notSame: '记下了',
  split: '分出来单独办了',
};

const pageOf = {
  case: pages.case,
  service: pages.service,
  slots: pages.slots,
  booking: pages.booking,
  help: pages.help,
  article: pages.article,
} as const;

/**
 * The buttons of every card, everywhere. The server decides which exist and what they need; this opens pages,
 * dials, asks for words, stars, people or photos, and takes the step with one clientId however often it is tried.
 */
export function useCardActions({ onDone, onPhoto }: CardActionsOptions = {}): CardActions {
  const [asking, setAsking] = useState<Asking>();
  const [busy, setBusy] = useState<{ key: string; action: string }>();
  const acts = useRef(new Map<string, string>());

  /** One id for one act on one revision: pressing again after an unknown outcome repeats, never doubles. */
  const actId = (key: string): string => {
    const id = acts.current.get(key) ?? newClientId();
    acts.current.set(key, id);
    return id;
  };

  async function take(card: Card, action: CardAction, given: Given): Promise<boolean> {
    if (busy) return false;
    const act = `${card.type}:${card.id}:${action.action}:${card.rev}`;
    setBusy({ key: keyOf(card), action: action.action });
    try {
      const outcome = await perform(card, action.action, given, actId(act));
      acts.current.delete(act);
      const words = thanks[action.action];
      if (words) toast(words);
      setAsking(undefined);
      onDone?.(outcome, action);
      return true;
    } catch (error) {
      const problem = problemOf(error);
      // A refusal is an outcome: the next press is a new act.
      if (!problem.retryable) acts.current.delete(act);
      toast(problem.message);
      return false;
    } finally {
      setBusy(undefined);
    }
  }

  async function start(card: Card, action: CardAction, given: Given): Promise<void> {
    const own = ownAct(action, card);
    if (own) {
      if (own.do === 'call') callNumber(own.phone);
      else if (own.do === 'photo') onPhoto?.();
      else go(pageOf[own.what], { id: own.id, booking: own.booking });
      return;
    }
    const needs = stillNeeded(action, given);
    if (action.action === 'rate' && needs.includes('stars') && card.type === 'case') {
      go(pages.rate, { id: card.id });
      return;
    }
    if (needs.length === 1 && needs[0] === 'photo') {
      const fileIds = await photos(3);
      if (fileIds) await take(card, action, { ...given, fileIds });
      return;
    }
    if (needs.length) {
      setAsking({ card, action, needs, given });
      return;
    }
    const question = questions[action.action];
    if (question && !(await confirm(question))) return;
    await take(card, action, given);
  }

  return {
    run: (card, action, given = {}) => void start(card, action, given),
    busyOf: (card) => (busy?.key === keyOf(card) ? busy.action : undefined),
    sheet: asking && (
      <ActionSheet
        {...asking}
        busy={!!busy}
        onClose={() => setAsking(undefined)}
        onSubmit={(given) => void take(asking.card, asking.action, { ...asking.given, ...given })}
      />
    ),
  };
}

const keyOf = (card: Pick<Card, 'type' | 'id'>): string => `${card.type}:${card.id}`;

/** Chooses and uploads pictures; undefined when nothing was chosen or it did not work (said so). */
async function photos(count: number): Promise<string[] | undefined> {
  const pictures = await choosePictures({ count });
  if (!pictures.length) return undefined;
  try {
    toast('正在传照片…');
    const files = await Promise.all(pictures.map((p) => uploadFile(p.path, p.fileName)));
    return files.map((file) => file.id);
  } catch (error) {
    toast(problemOf(error).message);
    return undefined;
  }
}
