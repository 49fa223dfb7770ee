import { contract, type Route } from '@alley-chief/shared/contract';
import { startTestApp, type TestApp } from '../support/app';
import { become, cases, furnish, type Town } from '../support/endpoints';

describe('who may do what', () => {
  let t: TestApp;
  let town: Town;

  beforeAll(async () => {
    t = await startTestApp();
    town = await furnish(t);
  });
  afterAll(() => t.stop());

  it('has a line for every endpoint of the contract', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(contract).sort());
  });

  it.each(Object.keys(cases) as Route[])('%s', async (route) => {
    const { allowed, forbidden, call, expected } = cases[route];
    if (forbidden) {
      const refused = await call(await become(t, forbidden), town);
      expect([401, 403]).toContain(refused.status);
      expect(refused.body).toMatchObject({
        code: expect.any(String),
        message: expect.stringMatching(/[一-鿿]/),
      });
    }
    const answer = await call(await become(t, allowed), town);
    if (expected) expect(answer.status).toBe(expected);
    else expect([200, 201]).toContain(answer.status);
  });

  it('refuses a file address that was signed for somebody else', async () => {
    const tampered = town.fileUrl.replace('person=zhao', 'person=zhang');
    expect((await t.api.nobody.get(tampered)).status).toBe(403);
  });
});
