import { startTestApp, type TestApp } from '../support/app';
import { heaviestUpdate, Weapp } from './harness';

/** The files WeChat would get, against a real server; only WeChat itself is played. */
describe('the mini program as WeChat runs it', () => {
  let t: TestApp;
  let phone: Weapp;

  beforeAll(async () => {
    t = await startTestApp();
  });
  beforeEach(() => {
    phone = new Weapp(t.url);
  });
  afterEach(() => phone.close());
  afterAll(() => t.stop());

  const enterAs = async (persona: RegExp): Promise<void> => {
    phone.fire('tap', await phone.until(() => phone.find({ label: persona })));
  };
  const type = async (text: string): Promise<void> => {
    const keyboard = await phone.until(() => phone.find({ label: '打字' }));
    phone.fire('tap', keyboard);
    const field = await phone.until(() => phone.find({ cl: 'bar-input' }));
    phone.fire('input', field, { value: text, cursor: text.length });
    phone.fire('tap', await phone.until(() => phone.find({ cl: 'bar-round', label: '发送' })));
  };

  it('takes a villager from the door to a card that says who, why and by when', async () => {
    await enterAs(/赵桂香/);
    await phone.until(() => phone.top.route === 'pages/chat/index');
    await type('我家门口路灯坏了三天了');
    await phone.until(() => phone.words.includes('我家门口路灯坏了三天了'));

    await phone.until(() => phone.find({ cl: 'routing' }));
    expect(phone.words).toMatch(/刘建设/);
    expect(phone.words).toMatch(/路灯/);
    expect(phone.words).toMatch(/催一催/);
    expect(Math.max(...phone.updates)).toBeLessThan(heaviestUpdate);
    expect(phone.device.toasts).toEqual([]);
  });
});
