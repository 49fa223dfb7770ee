import type { FairnessFigure } from './fairness';
import type { LargeFigures } from './large';
import type { OperationFigure } from './operations';

export interface Figures {
  machine: string;
  operations?: OperationFigure[];
  transactions?: {
    perSecond: number;
    /** What the database process used for one, ms. */
    cpuMs: number;
    prototypePerSecond?: number;
    prototypeCpuMs?: number;
    ratio?: number;
  };
  large?: LargeFigures;
  start?: { emptyMs: number; fullMs: number; folderMb: number };
  fairness?: FairnessFigure[];
}

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const row = (cells: readonly (string | number)[]): void => say(`| ${cells.join(' | ')} |`);
const table = (head: readonly string[]): void => {
  row(head);
  row(head.map(() => '---'));
};
const verdict = (met: boolean): string => (met ? 'met' : 'missed');

/** Tables in Markdown, ready for docs/performance.md. */
export const printFigures = (f: Figures): void => {
  say(f.machine);
  if (f.operations) {
    say();
    table(['32 in flight', 'ping/s', 'own/s', 'ratio', 'aim', '']);
    for (const o of f.operations)
      row([
        o.name,
        o.pingPerSecond.toFixed(0),
        o.perSecond.toFixed(0),
        o.ratio.toFixed(2),
        o.aim,
        verdict(o.ratio >= o.aim),
      ]);
  }
  if (f.transactions) {
    const { perSecond, prototypePerSecond, prototypeCpuMs, ratio } = f.transactions;
    say();
    table(['transactions of three writes, mongoose', 'per second', 'CPU of the database for one']);
    row(['this', perSecond.toFixed(0), `${f.transactions.cpuMs.toFixed(2)} ms`]);
    if (prototypePerSecond !== undefined && ratio !== undefined) {
      row([
        'the other server',
        prototypePerSecond.toFixed(0),
        `${(prototypeCpuMs ?? NaN).toFixed(2)} ms`,
      ]);
      row(['ratio (aim 4)', `${ratio.toFixed(2)} ${verdict(ratio >= 4)}`, '']);
    }
  }
  if (f.large) {
    const l = f.large;
    say();
    table([`${l.large} documents`, '', 'aim', '']);
    row(['loading', `${l.loadSeconds.toFixed(1)} s`, '', '']);
    row([
      'indexed lookup',
      `${l.smallMicros.toFixed(0)} µs at ${l.small}, ${l.largeMicros.toFixed(0)} µs: ${l.ratio.toFixed(2)} times`,
      '1.5',
      verdict(l.ratio <= 1.5),
    ]);
    row([
      'memory while loading',
      `${l.residentMb.toFixed(0)} MB resident, ${l.anonymousMb.toFixed(0)} MB without the mapped file`,
      '400 MB',
      verdict(l.residentMb <= 400),
    ]);
  }
  if (f.start) {
    const { emptyMs, fullMs, folderMb } = f.start;
    row(['ready, empty folder', `${emptyMs.toFixed(0)} ms`, '500 ms', verdict(emptyMs <= 500)]);
    row([
      `ready, folder of ${folderMb.toFixed(0)} MB`,
      `${fullMs.toFixed(0)} ms`,
      '500 ms',
      verdict(fullMs <= 500),
    ]);
  }
  if (f.fairness) {
    say();
    table(['an insert beside a slow command', 'it takes', 'inserts', 'p50', 'p99', 'longest wait']);
    for (const w of f.fairness)
      row([
        w.name,
        `${w.slowMs.toFixed(0)} ms`,
        w.inserts,
        `${w.p50.toFixed(1)} ms`,
        `${w.p99.toFixed(0)} ms`,
        `${w.max.toFixed(0)} ms`,
      ]);
  }
};
