import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';

export const phoneSize = { width: 375, height: 812 };
export const deskSize = { width: 1280, height: 800 };

/** Quiet and the same everywhere: no GPU, no sandbox (containers), no calls home. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: flags,
  });

export interface VisitorOptions {
  url: string;
  /** Who to be; without one the visitor stands at the door. */
  personaId?: string;
  size?: { width: number; height: number };
  /** Where to begin, e.g. `/pages/matters/index`; the persona's own start without it. */
  at?: string;
  scale?: number;
  /** ms the visitor's clock is ahead of this machine's, so that page and server agree. */
  ahead?: number;
}

/** One person at one window of their own: separate storage, separate session. */
export class Visitor {
  /** What the page complained about on its console, and what it threw. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
  ) {
    // Long for a machine that others use too; a page that needs it is broken.
    context.setDefaultTimeout(20_000);
    page.on('console', (line) => {
      if (line.type() === 'error') this.complaints.push(line.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async arrive(browser: Browser, options: VisitorOptions): Promise<Visitor> {
    const size = options.size ?? phoneSize;
    const context = await browser.newContext({
      viewport: size,
      deviceScaleFactor: options.scale ?? 1,
      hasTouch: size.width < 1024,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    if (options.ahead) await context.addInitScript(shiftClock, options.ahead);
    if (options.personaId) await signInQuietly(context, options.url, options.personaId);
    const visitor = new Visitor(context, await context.newPage(), options.url);
    await visitor.open(options.at ?? '/pages/login/index');
    return visitor;
  }

  /** Goes to a page as if its address had been typed, and waits until it shows something of its own. */
  async open(at: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`${this.url}/#${at}`);
    await this.settled();
  }

  /** The page in front is drawn, and no grey stand-ins are left on it. */
  async settled(): Promise<void> {
    const drawn = this.page.waitForFunction(() => {
      const seen = (e: Element) => e.getClientRects().length > 0;
      const pages = Array.from(document.querySelectorAll('.page')).filter(seen);
      return pages.length > 0 && !Array.from(document.querySelectorAll('.sk')).some(seen);
    });
    await drawn.catch((error: Error) => this.explain(error));
  }

  /** What is to be seen and read now. */
  words(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText);
  }

  see(text: string | RegExp): Promise<void> {
    return this.wait(this.page.getByText(text));
  }

  /** Waits for something to be in view; when it never is, says what was. */
  async wait(what: Locator, timeout?: number): Promise<void> {
    const there = what
      .locator('visible=true')
      .last()
      .waitFor(timeout ? { timeout } : {});
    await there.catch((error: Error) => this.explain(error));
  }

  /** Waits until words stand in the conversation in front. */
  async hears(text: string, timeout?: number): Promise<void> {
    await this.wait(this.bubble(text), timeout);
  }

  /** Waits until all that is to be read on the page fits. */
  async shows(words: RegExp): Promise<void> {
    const there = this.page.waitForFunction(
      ({ source }) => new RegExp(source).test(document.body.innerText),
      { source: words.source },
    );
    await there.catch((error: Error) => this.explain(error));
  }

  /** Presses whatever carries this spoken name or these words. */
  async press(name: string | RegExp): Promise<void> {
    const named = (['radio', 'checkbox', 'tab'] as const).reduce(
      (found, role) => found.or(this.page.getByRole(role, { name })),
      this.page.getByRole('button', { name }),
    );
    const target = named.locator('visible=true').last();
    // The page below stays in the document: what was found may be hidden by the page that is just
    // opening. Then it is looked for anew instead of waited on.
    await expectSoon(() => target.click({ timeout: 3_000 }));
  }

  /** Types into the conversation's bar and sends. */
  async say(text: string): Promise<void> {
    const field = this.page.locator('.bar-input input').locator('visible=true');
    if (!(await field.count())) await this.press(/^(打字|写字)$/);
    await field.fill(text);
    await this.press('发送');
    // Sent is when the field is free again for the next sentence.
    await this.page.locator('.bar-round-off').locator('visible=true').waitFor();
  }

  /** A row of the conversation that holds these words. */
  bubble(text: string) {
    return this.page.locator('.bub').filter({ hasText: text });
  }

  /** The same once it has reached the server: neither on its way, nor stored, nor refused. */
  delivered(text: string) {
    return this.bubble(text).and(
      this.page.locator('.bub:not(.bub-sending):not(.bub-stored):not(.bub-failed)'),
    );
  }

  /** Everything is drawn that was to be drawn: letters, pictures, the last change. */
  async still(): Promise<void> {
    await this.settled();
    await this.page.evaluate(async () => {
      await document.fonts.ready;
      const loaded = (image: HTMLImageElement) =>
        image.complete
          ? Promise.resolve()
          : new Promise<unknown>((resolve) => (image.onload = image.onerror = resolve));
      await Promise.all(Array.from(document.images, loaded));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
  }

  /** A failure together with what was on the page. */
  private async explain(error: Error): Promise<never> {
    const seen = [`on ${this.page.url()}:`, await this.words(), ...this.complaints];
    throw new Error([error.message, ...seen].join('\n'), { cause: error });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

/** The page's clock runs as fast as ours, at another date. */
function shiftClock(ahead: number): void {
  const Real = Date;
  class Shifted extends Real {
    constructor(...given: unknown[]) {
      // Whatever Date itself takes; nothing given means now.
      super(...((given.length ? given : [Real.now() + ahead]) as [number]));
    }
    static override now(): number {
      return Real.now() + ahead;
    }
  }
  window.Date = Shifted as DateConstructor;
}

/** Puts a signed-in session where the page keeps it, per tab. */
async function signInQuietly(
  context: BrowserContext,
  url: string,
  personaId: string,
): Promise<void> {
  const reply = await fetch(`${url}/auth/persona`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personaId }),
  });
  if (!reply.ok) throw new Error(`sign-in as ${personaId}: ${reply.status}`);
  const signedIn = (await reply.json()) as { me: object };
  await context.addInitScript((session) => {
    // An empty page has no storage; a signed-in tab stays who it is.
    if (window.location.protocol === 'about:' || window.sessionStorage.getItem('tokens')) return;
    window.sessionStorage.setItem('tokens', JSON.stringify(session));
    window.sessionStorage.setItem('me', JSON.stringify(session.me));
  }, signedIn);
}

/** Tries again while a page is still taking its place; the last failure is the one told. */
const expectSoon = async (attempt: () => Promise<void>, tries = 6): Promise<void> => {
  for (let left = tries; ; left--) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
};
