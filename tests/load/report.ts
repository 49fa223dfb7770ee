import { pad } from '../demo/printer';
import type { PushTimes } from './push';

export interface Throughput {
  key: string;
  label: string;
  aim?: number;
  /** Acknowledged document writes of one act, all its consequences included. */
  writes: number;
  byCollection: Record<string, number>;
  barePerSecond: number;
  productPerSecond: number;
  ratio: number;
  /** CPU time of one act, the database's included, ms. */
  bareCpuMs: number;
  productCpuMs: number;
  ackP50: number;
  doneP50: number;
  doneP95: number;
  failed: number;
}

export interface Report {
  machine: string;
  concurrency: number;
  /** Kinds of concern that were understood and used. */
  texts: number;
  start?: { medianMs: number; all: number[] };
  throughput: Throughput[];
  push?: PushTimes;
  memory: { server: number; database: number };
}

const row = (...cells: [string, number][]): string =>
  `  ${cells.map(([text, width]) => (width < 0 ? padLeft(text, -width) : pad(text, width))).join('')}`;

const padLeft = (text: string, columns: number): string => {
  const filled = pad(text, columns);
  return filled.slice(text.length) + text;
};

const mark = (ok: boolean): string => (ok ? '✓' : '✗');

export const printReport = (r: Report): void => {
  const out: string[] = ['', `  ${r.machine}；同时 ${r.concurrency} 件在办`, ''];
  out.push(
    row(
      ['做一件事', 30],
      ['写', -4],
      ['裸路由/秒', -11],
      ['产品/秒', -9],
      ['比', -7],
      ['要', -7],
      ['CPU 裸', -8],
      ['CPU 产品', -9],
      ['回执', -8],
      ['办完', -8],
      ['办完 95%', -10],
    ),
  );
  for (const t of r.throughput) {
    out.push(
      row(
        [t.label, 30],
        [String(t.writes), -4],
        [t.barePerSecond.toFixed(0), -11],
        [t.productPerSecond.toFixed(0), -9],
        [t.ratio.toFixed(2), -7],
        [t.aim ? `${mark(t.ratio >= t.aim)} ${t.aim}` : '', -7],
        [`${t.bareCpuMs.toFixed(1)}ms`, -8],
        [`${t.productCpuMs.toFixed(1)}ms`, -9],
        [`${t.ackP50.toFixed(0)}ms`, -8],
        [`${t.doneP50.toFixed(0)}ms`, -8],
        [`${t.doneP95.toFixed(0)}ms`, -10],
      ),
    );
  }
  for (const t of r.throughput) {
    const parts = Object.entries(t.byCollection).map(([c, n]) => `${c} ${n}`);
    const failed = t.failed ? `；${t.failed} 次没等到` : '';
    out.push(`    ${pad(t.label, 28)}每件写：${parts.join('、')}${failed}`);
  }
  out.push('');
  if (r.push) {
    const { p50, p95, p99, sent, arrived } = r.push;
    out.push(
      `  每秒 50 句，到胡同长屏幕：50% ${p50.toFixed(1)} ms，95% ${p95.toFixed(1)} ms，99% ${p99.toFixed(1)} ms（发 ${sent}，到 ${arrived}）  ${mark(p95 < 50 && sent === arrived)} 要 95% < 50 ms`,
    );
  }
  if (r.start) {
    out.push(
      `  暖启动：${(r.start.medianMs / 1000).toFixed(2)} 秒（${r.start.all.map((ms) => (ms / 1000).toFixed(2)).join('、')}）  ${mark(r.start.medianMs < 3000)} 要 < 3 秒`,
    );
  }
  const sum = r.memory.server + r.memory.database;
  out.push(
    `  跑完以后的内存：服务器 ${r.memory.server.toFixed(0)} MB + 数据库 ${r.memory.database.toFixed(0)} MB = ${sum.toFixed(0)} MB  ${mark(sum < 400)} 要 < 400 MB`,
  );
  process.stdout.write(`${out.join('\n')}\n\n`);
};
