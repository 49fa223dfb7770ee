import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CaseCard, CaseDetail } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../api';
import { toast } from '../../platform';
import { PassUpSheet } from './PassUpSheet';
import type { PassUp } from './PassUpSheet';
import { useActId } from './useActId';

interface Asked {
  card: CaseCard;
  /** Whose words they are: 赵家. */
  family: string;
  words: string | undefined;
  first?: string | undefined;
}

export interface Decide {
  /** Opens the sheet; the villager's words are fetched when they are not at hand. */
  ask(card: CaseCard, family: string, options?: { words?: string; first?: string }): void;
  /** Decides at once, without the sheet. */
  decide(card: CaseCard, choice: PassUp): Promise<void>;
  /** Case under way. */
  busy: string | undefined;
  /** Goes into the page's overlay. */
  sheet: ReactNode;
}

/**
 * 往上报: says what an unclear matter is, whereupon it goes to whoever is responsible.
 * @param onDone gets the case as it stands afterwards; on a refusal the newest state, so that it can be shown.
 */
export function useDecide(onDone: (detail: CaseDetail) => void): Decide {
  const [asked, setAsked] = useState<Asked>();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState<string>();
  const actId = useActId();

  const decide = async (card: CaseCard, { category, text }: PassUp) => {
    const act = `decide:${card.id}:${category}:${text ?? ''}`;
    setBusy(card.id);
    try {
      const detail = await api('POST /cases/:id/actions', {
        params: { id: card.id },
        body: { clientId: actId(act), action: 'decide', category, ...(text && { text }) },
      });
      actId.forget(act);
      setOpen(false);
      const { holder } = detail.card;
      toast(holder ? `报给${holder.name}了` : '报上去了');
      onDone(detail);
    } catch (error) {
      const { code, message } = problemOf(error);
      toast(message);
      if (code === 'wrongStep' || code === 'conflict') {
        // Somebody decided first: show how it stands now instead of asking again.
        setOpen(false);
        api('GET /cases/:id', { params: { id: card.id } }).then(onDone, () => undefined);
      }
      if (code !== 'offline') actId.forget(act);
    } finally {
      setBusy(undefined);
    }
  };

  const ask: Decide['ask'] = (card, family, { words, first } = {}) => {
    setAsked({ card, family, words, first });
    setOpen(true);
    if (words !== undefined) return;
    api('GET /cases/:id', { params: { id: card.id } }).then(
      ({ text }) => setAsked((now) => (now?.card.id === card.id ? { ...now, words: text } : now)),
      // Without them the chief writes the sentence; what the villager said is in the case anyway.
      () => undefined,
    );
  };

  return {
    ask,
    decide,
    busy,
    sheet: asked && (
      <PassUpSheet
        open={open}
        card={asked.card}
        words={asked.words}
        family={asked.family}
        first={asked.first}
        busy={busy === asked.card.id}
        onClose={() => setOpen(false)}
        onSend={(choice) => void decide(asked.card, choice)}
      />
    ),
  };
}
