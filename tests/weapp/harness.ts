import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { appJson, weappRoot } from './bundle';
import { createWx, type Device } from './wx';

/** One element as the page's template gets it. The short names are Taro's own and stay the same. */
export interface Element {
  sid: string;
  /** Kind of element, a number that changes from build to build. */
  nn: string;
  /** Class names. */
  cl?: string;
  /** Words, of a piece of text. */
  v?: string;
  cn?: Element[];
  [attribute: string]: unknown;
}

type PageConfig = Record<string, (...args: unknown[]) => unknown> & { data?: object };

interface LivePage {
  route: string;
  options: Record<string, string>;
  data: { root?: Element };
  setData(payload: Record<string, unknown>, done?: () => void): void;
  eh(event: object): void;
  onLoad(options: object): void;
  onShow(): void;
  onReady(): void;
  onHide(): void;
  onUnload(): void;
}

/** Largest setData WeChat takes without stuttering, bytes (its own limit is 1 MB). */
export const heaviestUpdate = 256 * 1024;

/**
 * The compiled mini program without WeChat: its own files run in a sandbox with the few globals WeChat gives,
 * `setData` paints into a plain tree, and taps go in where WeChat's would. Calls go to a real server.
 */
export class Weapp {
  readonly device: Device;
  /** Bytes of each setData so far. */
  readonly updates: number[] = [];
  private readonly pages: LivePage[] = [];
  private readonly configs = new Map<string, PageConfig>();
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly context: vm.Context;
  private readonly timers = new Set<NodeJS.Timeout>();
  private watchers: (() => void)[] = [];
  private readonly alias = aliases();

  constructor(serverUrl: string) {
    this.device = createWx(serverUrl, {
      open: (url) => this.open(url),
      replace: (url) => (this.leave(), this.open(url)),
      restart: (url) => {
        while (this.pages.length) this.leave();
        this.open(url);
      },
      back: () => (this.leave(), this.top.onShow()),
    });
    const app = { onLaunch: (_: object) => {}, onShow: (_: object) => {} };
    this.context = vm.createContext({
      ...this.timing(),
      console,
      global: {},
      wx: this.device.wx,
      App: (config: object) => Object.assign(app, config),
      Page: (config: PageConfig) => this.configs.set(this.loading, config),
      Component: () => undefined,
      getApp: () => app,
      getCurrentPages: () => this.pages,
    });
    this.load('app.js');
    const entry = appJson().pages[0] ?? '';
    app.onLaunch({ path: entry, query: {}, scene: 1001 });
    app.onShow({ path: entry, query: {}, scene: 1001 });
    this.open(`/${entry}`);
  }

  get top(): LivePage {
    return this.pages.at(-1)!;
  }

  /** All words on the page in front, in reading order. */
  get words(): string {
    return [...everyElement(this.top.data.root)].map((e) => e.v ?? '').join('');
  }

  /** The first element that fits, by its spoken name, its words or its class. */
  find({ label, words, cl }: { label?: string | RegExp; words?: string; cl?: string }) {
    return [...everyElement(this.top.data.root)].find((e) => {
      const spoken = e[this.alias(e.nn, 'aria-label') ?? ''];
      if (label !== undefined)
        return typeof spoken === 'string' && new RegExp(label).test(spoken) && label !== '';
      if (words !== undefined) return e.cn?.some((child) => child.v === words) ?? false;
      return cl !== undefined && (e.cl ?? '').split(' ').includes(cl);
    });
  }

  /** What WeChat would send to the page for a touch or for typing. */
  fire(type: string, element: Element | undefined, detail: object = {}): void {
    if (!element) throw new Error(`nothing to ${type} on ${this.top.route}: ${this.words}`);
    const target = { id: element.sid, dataset: { sid: element.sid } };
    this.top.eh({ type, detail, target, currentTarget: target, timeStamp: 0 });
  }

  /** Resolves once the page in front fits; looks again at every setData. Gives up with what is to be seen. */
  async until<T>(what: () => T | undefined | false, patience = 20_000): Promise<T> {
    let tooLate: NodeJS.Timeout | undefined;
    const limit = new Promise<'late'>((resolve) => {
      tooLate = setTimeout(() => resolve('late'), patience);
    });
    try {
      for (;;) {
        const found = what();
        if (found) return found;
        const painted = new Promise<void>((resolve) => this.watchers.push(resolve));
        if ((await Promise.race([painted, limit])) === 'late')
          throw new Error(`waited in vain for ${String(what)} on ${this.top.route}: ${this.words}`);
      }
    } finally {
      clearTimeout(tooLate);
    }
  }

  close(): void {
    this.closed = true;
    this.device.close();
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  private loading = '';
  private closed = false;

  private open(url: string): void {
    const [route = '', search = ''] = url.replace(/^\//, '').split('?');
    this.loading = route;
    if (!this.configs.has(route)) this.load(`${route}.js`);
    const config = this.configs.get(route);
    if (!config) throw new Error(`${route} made no page`);
    const page = Object.assign(Object.create(config) as LivePage, {
      route,
      options: Object.fromEntries(new URLSearchParams(search)),
      data: structuredClone(config.data ?? {}),
      setData: (payload: Record<string, unknown>, done?: () => void) => {
        const text = JSON.stringify(payload);
        this.updates.push(text.length);
        // Over the bridge goes text: what is no JSON does not arrive.
        paint(page.data, JSON.parse(text) as Record<string, unknown>);
        setImmediate(() => done?.());
        this.watchers.splice(0).forEach((look) => look());
      },
    });
    if (this.pages.length) this.top.onHide();
    this.pages.push(page);
    page.onLoad(page.options);
    page.onShow();
    page.onReady();
  }

  private leave(): void {
    this.pages.pop()?.onUnload();
  }

  private load(file: string): unknown {
    const full = path.posix.normalize(file);
    const known = this.modules.get(full);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.modules.set(full, module);
    const code = readFileSync(path.join(weappRoot, full), 'utf8');
    const run = vm.runInContext(`(function(require,module,exports){${code}\n})`, this.context, {
      filename: full,
    }) as (...args: unknown[]) => void;
    const beside = (name: string) => {
      const other = path.posix.join(path.posix.dirname(full), name);
      return this.load(other.endsWith('.js') ? other : `${other}.js`);
    };
    run(beside, module, module.exports);
    return module.exports;
  }

  /** Timers that end with the program. */
  private timing() {
    const keep = (timer: NodeJS.Timeout) => (this.timers.add(timer), timer);
    const alive = (work: () => void) => () => this.closed || work();
    const later = (work: () => void, ms?: number) => keep(setTimeout(alive(work), ms));
    const again = (work: () => void, ms?: number) => keep(setInterval(alive(work), ms));
    return { setTimeout: later, setInterval: again, clearTimeout, clearInterval };
  }
}

function* everyElement(from: Element | undefined): Generator<Element> {
  if (!from) return;
  yield from;
  for (const child of from.cn ?? []) yield* everyElement(child);
}

/** `root.cn.[0].cn` and `root.cn[0].cl`: as WeChat sets a value deep in the data. */
function paint(data: object, payload: Record<string, unknown>): void {
  for (const [where, value] of Object.entries(payload)) {
    const keys = where.split(/[.[\]]+/).filter(Boolean);
    let at = data as Record<string, unknown>;
    keys.slice(0, -1).forEach((key, i) => {
      at[key] ??= /^\d+$/.test(keys[i + 1] ?? '') ? [] : {};
      at = at[key] as Record<string, unknown>;
    });
    at[keys.at(-1) ?? ''] = value;
  }
}

/** Attributes travel under short names (`p1`) that every build gives anew; the template says which. */
function aliases(): (kind: string, attribute: string) => string | undefined {
  const wxml = readFileSync(path.join(weappRoot, 'base.wxml'), 'utf8');
  const byKind = new Map<string, string>();
  for (const [, kind = '', body = ''] of wxml.matchAll(
    /<template name="tmpl_0_(\w+)">([\s\S]*?)<\/template>/g,
  ))
    byKind.set(kind, body);
  return (kind, attribute) =>
    new RegExp(`${attribute}="\\{\\{i\\.(\\w+)\\}\\}"`).exec(byKind.get(kind) ?? '')?.[1];
}
