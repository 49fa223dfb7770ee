import type { Card } from '@alley-chief/shared/contract';
import { newClientId, type Api, type Client } from '../support/api';
import { Phone } from '../support/socket';

export type CardOf<T extends Card['type']> = Extract<Card, { type: T }>;

/** What happened, by the ids that pages are opened with. */
export interface Story {
  /** Street light, in hand: 刘建设 is on it. */
  lamp: CardOf<'case'>;
  /** Sand in the way, cleared away, waits for its stars. */
  done: CardOf<'case'>;
  /** What can be done in one go, and its slot. */
  bundle: CardOf<'bundle'>;
  booking: CardOf<'booking'>;
  /** A grandmother's open request. */
  help: CardOf<'help'>;
}

/** Somebody who speaks in a thread and waits for the card that comes of it. */
export class Teller {
  private constructor(
    readonly client: Client,
    readonly thread: string,
    private readonly phone: Phone,
  ) {}

  static async at(api: Api, personaId: string, thread?: string): Promise<Teller> {
    const client = await api.as(personaId);
    return new Teller(
      client,
      thread ?? client.me.household.conversationId,
      await Phone.connect(client),
    );
  }

  async say(text: string): Promise<void> {
    const { status, body } = await this.client.say(this.thread, text);
    if (status !== 201) throw new Error(`${text}: ${status} ${JSON.stringify(body)}`);
  }

  /** Sends a picture; what is said next is about it. */
  async show(picture: Buffer): Promise<void> {
    const { body: file } = await this.client.upload(picture, 'picture.jpg', 'image/jpeg');
    const message = { kind: 'image', clientId: newClientId(), fileId: file.id };
    const { status } = await this.client.post(`/conversations/${this.thread}/messages`, message);
    if (status !== 201) throw new Error(`picture: ${status}`);
  }

  /** Says it and waits for a new card of that kind, twenty seconds at most. */
  async ask<T extends Card['type']>(text: string, type: T): Promise<CardOf<T>> {
    const from = this.phone.frames.length;
    await this.say(text);
    const late = AbortSignal.timeout(20_000);
    const given = new Promise<never>((_, reject) =>
      late.addEventListener('abort', () => reject(new Error(`“${text}” brought no ${type} card`))),
    );
    const card = this.phone.until(
      (f) =>
        this.phone.frames.indexOf(f) >= from &&
        f.t === 'message' &&
        f.message.card?.type === type &&
        f.cards.some((c) => c.type === type),
    );
    const frame = await Promise.race([card, given]);
    const cards = frame.t === 'message' ? frame.cards : [];
    return cards.find((c) => c.type === type) as CardOf<T>;
  }

  close(): Promise<void> {
    return this.phone.close();
  }
}

/** Takes a step of a case. */
export const act = async (who: Client, caseId: string, action: string, more: object = {}) => {
  const { status, body } = await who.post(`/cases/${caseId}/actions`, {
    clientId: newClientId(),
    action,
    ...more,
  });
  if (status !== 200) throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
  return body.card as CardOf<'case'>;
};

/** An ordinary day in 槐树胡同: every page has something to show afterwards. */
export const tellStory = async (api: Api): Promise<Story> => {
  const zhao = await Teller.at(api, 'zhao');
  const wang = await api.as('wang');

  const { id: sand } = await zhao.ask('胡同口堆了一大堆沙子，三轮车过不去', 'case');
  const liming = await api.as('liming');
  await act(liming, sand, 'acknowledge');
  const done = await act(liming, sand, 'resolve', { text: '沙子拉走了，路也扫干净了' });

  const { id: dark } = await zhao.ask('我家门口路灯坏了三天了', 'case');
  const lamp = await act(await api.as('liu'), dark, 'acknowledge');
  await wang.say(zhao.thread, '赵婶，我跟刘师傅说了，他带着梯子来。');

  const bundle = await zhao.ask('孩子满月了要上户口', 'bundle');
  const { body: slots } = await zhao.client.get(`/services/${bundle.serviceId}/slots`);
  const slot = slots.days
    .flatMap((d: { slots: { id: string; left: number }[] }) => d.slots)
    .find((s: { left: number }) => s.left > 0);
  const { body: booking } = await zhao.client.post('/bookings', {
    clientId: newClientId(),
    serviceId: bundle.serviceId,
    slotId: slot.id,
  });

  const zhang = await api.as('zhang');
  const { body: help } = await zhang.post('/help-requests', {
    clientId: newClientId(),
    kind: 'errand',
    text: '降压药快吃完了，想请人去卫生院捎两盒',
    when: '今天下午',
  });
  await zhao.close();
  return { lamp, done, bundle, booking, help };
};
