import type { BodyIn, Card, CaseDetail } from '@alley-chief/shared/contract';
import { api } from '../api';
import { tellFrame } from '../stores/frames';
import type { Given } from './target';

type HelpAction = BodyIn<'POST /help-requests/:id/actions'>['action'];

/** What the server answered: the card as it is now, and for a case everything else about it. */
export interface Outcome {
  card: Card;
  detail?: CaseDetail;
}

/**
 * Takes one step on a card at the server. Repeating it with the same clientId changes nothing.
 * The new state goes to all threads and lists of this phone. @throws ApiError
 */
export async function perform(
  card: Pick<Card, 'type' | 'id'> & { rev?: number },
  action: string,
  given: Given,
  clientId: string,
): Promise<Outcome> {
  const outcome = await ask(card, action, given, clientId);
  tellFrame({ t: 'card', card: outcome.card });
  return outcome;
}

async function ask(
  { type, id, rev }: Pick<Card, 'type' | 'id'> & { rev?: number },
  action: string,
  given: Given,
  clientId: string,
): Promise<Outcome> {
  const params = { id };
  switch (type) {
    case 'help': {
      const { stars, text, step } = given;
      const body = { clientId, action: action as HelpAction, stars, text, step };
      return { card: await api('POST /help-requests/:id/actions', { params, body }) };
    }
    case 'booking':
      return { card: await api('POST /bookings/:id/cancel', { params, body: { clientId } }) };
    default: {
      const { step: _, ...rest } = given;
      const body = { clientId, action, ...rest, ...(rev !== undefined && { rev }) };
      const detail = await api('POST /cases/:id/actions', { params, body });
      return { card: detail.card, detail };
    }
  }
}
