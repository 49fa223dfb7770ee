import type { TestApp } from '../../support/app';
import { Client } from '../../support/api';

/** Anybody of the town, also those who are no persona, with a token as fresh as the clock. */
export const as = async (app: TestApp, personId: string): Promise<Client> => {
  const { accessToken, me } = await app.app.modules.sessions.signIn(personId);
  return new Client(app.url, accessToken, me);
};

/** One grown-up of each of the first `count` households of the town. */
export const households = async (app: TestApp, count: number): Promise<Client[]> => {
  const people = await app.app.modules.directoryModels.people
    .find({ relation: '户主' })
    .sort({ _id: 1 })
    .limit(count)
    .lean();
  return Promise.all(people.map((p) => as(app, p._id)));
};

/** What was said in a household's thread about one card, oldest first. */
export const saidAbout = async (
  app: TestApp,
  type: string,
  id: string,
): Promise<{ kind: string; text?: string; from: { kind: string } }[]> =>
  app.app.modules.conversationModels.messages
    .find({ $or: [{ 'card.type': type, 'card.id': id }, { about: { $elemMatch: { type, id } } }] })
    .sort({ seq: 1 })
    .lean();

/** Empties the counter, everybody's bookings and checklists: a fresh start per test. */
export const emptyCounter = async (app: TestApp): Promise<void> => {
  await Promise.all(
    ['bookings', 'counterDays', 'checklists'].map((name) =>
      app.db.db!.collection(name).deleteMany({}),
    ),
  );
};
