/**
 * Measures the server against a yardstick of the same run: a bare Koa route that does as many
 * acknowledged writes on the same database process. Options: --seconds N (a round), --rounds N,
 * --only KEY, --json, --profile DIR (CPU profiles of server and database).
 */
import { parseArgs } from 'node:util';
import { serveBare } from './bare';
import { gatherCrowd, type Crowd, type Home } from './crowd';
import { HttpLine } from './httpLine';
import { cpuMs, machineLine, residentMb, warmStart } from './machine';
import {
  bareRound,
  concurrency,
  countWrites,
  median,
  productRound,
  quantile,
  sayOnce,
  Turns,
} from './measure';
import { measurePush } from './push';
import { printReport, type Report, type Throughput } from './report';
import {
  chiefSays,
  concern,
  concernTexts,
  followUp,
  openingText,
  smallTalk,
  type Scenario,
} from './scenarios';
import { startStack, type Stack } from './stack';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    push: { type: 'string', default: '20' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
    bare: { type: 'string' },
  },
});

const began = performance.now();
const progress = (line: string): void =>
  void process.stderr.write(
    `  ${((performance.now() - began) / 1000).toFixed(0).padStart(3)}s ${line}\n`,
  );

/** Only texts that really become a case here and now. */
const usableTexts = async (url: string, homes: readonly Home[]): Promise<string[]> => {
  const line = HttpLine.to(url);
  const asked = concern(concernTexts);
  const usable: string[] = [];
  for (const [i, text] of concernTexts.entries()) {
    if (await sayOnce(line, homes[i]!, asked, text, 1500)) usable.push(text);
  }
  line.close();
  return usable;
};

/** Every home gets a matter to ask after. */
const openOne = async (url: string, homes: readonly Home[]): Promise<void> => {
  const line = HttpLine.to(url);
  const opening = concern([openingText]);
  for (const home of homes) await sayOnce(line, home, opening, openingText);
  line.close();
};

const compare = async (
  stack: Stack,
  scenario: Scenario,
  homes: readonly Home[],
  seconds: number,
  rounds: number,
): Promise<Throughput> => {
  const url = stack.product.url;
  // The last homes: the rounds begin with the first.
  const counted = await countWrites(stack.databaseUri, url, scenario, homes.slice(-12));
  const writes = Math.max(1, Math.round(counted.perAct));
  const turns = new Turns(homes);
  const bare: number[] = [];
  const product: number[] = [];
  const acks: number[] = [];
  const dones: number[] = [];
  const cpu = { bare: 0, product: 0, bareActs: 0, productActs: 0 };
  const used = (pid: number): number => cpuMs(pid) + cpuMs(stack.databasePid);
  let failed = 0;
  for (let r = 0; r <= rounds; r++) {
    // Round 0 warms both up and does not count.
    const length = r === 0 ? Math.min(2, seconds) : seconds;
    const start = used(stack.barePid);
    const a = await bareRound(stack.bareUrl, scenario.text(0), writes, length);
    const bareCpu = used(stack.barePid) - start;
    const middle = used(stack.product.pid);
    const b = await productRound(url, scenario, turns, length);
    const productCpu = used(stack.product.pid) - middle;
    if (r === 0) continue;
    cpu.bare += bareCpu;
    cpu.bareActs += a.ackMs.length;
    cpu.product += productCpu;
    cpu.productActs += b.doneMs.length;
    bare.push(a.perSecond);
    product.push(b.perSecond);
    acks.push(...b.ackMs);
    dones.push(...b.doneMs);
    failed += b.failed + a.failed;
    progress(
      `${scenario.label}：第 ${r} 轮 裸路由 ${a.perSecond.toFixed(0)}/秒，产品 ${b.perSecond.toFixed(0)}/秒`,
    );
  }
  return {
    key: scenario.key,
    label: scenario.label,
    aim: scenario.aim,
    writes,
    byCollection: counted.byCollection,
    barePerSecond: median(bare),
    productPerSecond: median(product),
    ratio: median(product.map((p, i) => p / (bare[i] ?? 1))),
    bareCpuMs: cpu.bare / cpu.bareActs,
    productCpuMs: cpu.product / cpu.productActs,
    ackP50: quantile(acks, 0.5),
    doneP50: quantile(dones, 0.5),
    doneP95: quantile(dones, 0.95),
    failed,
  };
};

const run = async (): Promise<Report> => {
  const seconds = Number(options.seconds);
  const wants = (key: string): boolean => !options.only || options.only === key;
  progress('暖启动……');
  const start = wants('start') ? await warmStart(5) : undefined;
  progress('开数据库、产品、裸路由，请镇上的人上线……');
  const stack = await startStack(options.profile);
  let crowd: Crowd | undefined;
  try {
    const { url } = stack.product;
    crowd = await gatherCrowd(url, stack.tokenKey, 400);
    const texts = await usableTexts(url, crowd.homes);
    const opened = crowd.homes.slice(0, 128);
    if (wants('followUp')) await openOne(url, opened);
    progress(`${crowd.homes.length} 户在线；${texts.length} 种事听得懂`);
    const throughput: Throughput[] = [];
    for (const [scenario, homes] of [
      [chiefSays, crowd.homes],
      [smallTalk, crowd.homes],
      [followUp, opened],
      [concern(texts), crowd.homes],
    ] as const) {
      if (!wants(scenario.key)) continue;
      throughput.push(await compare(stack, scenario, homes, seconds, Number(options.rounds)));
    }
    progress('每秒 50 句，量到胡同长屏幕的时间……');
    const push = wants('push')
      ? await measurePush(url, crowd, 50, Number(options.push), (n) => texts[n % texts.length]!)
      : undefined;
    const memory = {
      server: residentMb(stack.product.pid),
      database: residentMb(stack.databasePid),
    };
    return {
      machine: machineLine(),
      concurrency,
      texts: texts.length,
      start,
      throughput,
      push,
      memory,
    };
  } finally {
    crowd?.close();
    await stack.stop();
  }
};

if (options.bare) await serveBare(options.bare);
else {
  const report = await run();
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report);
}
