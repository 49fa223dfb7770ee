import { useRef } from 'react';
import type { Chip } from '@alley-chief/shared/contract';
import { newClientId, problemOf } from '../api';
import { perform } from '../actions/perform';
import { ownAct } from '../actions/target';
import { callNumber, go, swapTo, toast } from '../platform';
import { pages } from '../stores/pages';
import { say } from '../stores/runtime';
import { sendPictures, sendPlace } from './Composer';

/** A suggested reply was tapped: it says something, opens something, dials, or takes a step on a case. */
export function useChips(conversationId: string): (chip: Chip) => void {
  const acts = useRef(new Map<string, string>());
  const busy = useRef(false);

  /** `case:withdraw` with a target: the question was already asked in words. A reason comes with the chip. */
  async function step(action: string, caseId: string, reason?: string): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    const key = `${caseId}:${action}`;
    const clientId = acts.current.get(key) ?? newClientId();
    acts.current.set(key, clientId);
    try {
      await perform({ type: 'case', id: caseId }, action, reason ? { text: reason } : {}, clientId);
      acts.current.delete(key);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.retryable) acts.current.delete(key);
      toast(problem.message);
    } finally {
      busy.current = false;
    }
  }

  return ({ label, text, action, target }) => {
    if (!action) {
      say(conversationId, { kind: 'text', text: text ?? label });
      return;
    }
    const [verb, what = ''] = action.split(':');
    if (verb === 'case' && target) return void step(what, target, text);
    if (verb === 'page' && (what === 'services' || what === 'matters')) return swapTo(pages[what]);
    if (verb === 'rate' && target) return go(pages.rate, { id: target });
    if (verb === 'location') return void sendPlace(conversationId);
    const own = ownAct({ action, label, style: 'outline', needs: [], target });
    if (own?.do === 'call') callNumber(own.phone);
    else if (own?.do === 'photo') void sendPictures(conversationId);
    else if (own) go(pages[own.what], { id: own.id });
    else if (text) say(conversationId, { kind: 'text', text });
  };
}
