import type { Figure, Report } from '../../understanding/learner';

export const thousands = (n: number): string => n.toLocaleString('en-US');
const three = (n: number): string => (Number.isNaN(n) ? '—' : n.toFixed(3));
const percent = (n: number): string => (Number.isNaN(n) ? '—' : `${(n * 100).toFixed(1)}%`);
const figure = ({ value, low, high }: Figure): string =>
  `${three(value)}（95% 区间 ${three(low)}–${three(high)}）`;

/** As wide as it looks: a Chinese character takes two columns. */
const width = (text: string): number =>
  [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e80 ? 2 : 1), 0);
const padded = (text: string, to: number, left = false): string => {
  const space = ' '.repeat(Math.max(0, to - width(text)));
  return left ? space + text : text + space;
};

/** Columns under each other; the first to the left, the rest to the right. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? ''))));
  return rows.map((row) => row.map((cell, i) => padded(cell, widths[i]!, i > 0)).join('  '));
};

/** More labels than this make no table anybody reads. */
const mostShown = 30;

export const reportLines = (report: Report): string[] => {
  const { folds, answered, coverage } = report;
  const ordered = [...report.byLabel].sort((a, b) => b.messages - a.messages);
  const lines = [
    `信件 ${thousands(report.messages)} 条`,
    `准确率      ${figure(report.accuracy)}`,
    `宏平均 F1   ${figure(report.macroF1)}`,
    `前三里有    ${percent(report.topThree)}`,
    `校准误差    ${three(report.calibrationError)}（ECE，10 格）`,
    `能自己答    ${percent(answered.share)}，其中对的 ${percent(answered.precision)}（门槛事先定好）`,
    `要 ${percent(coverage.precision)} 都对，最多能答 ${percent(coverage.share)}（门槛事后挑）`,
  ];
  if (folds.length > 1) {
    lines.push(`各折        ${spread(folds.map((f) => f.macroF1))}（宏平均 F1，均值 ± 95% 区间）`);
    lines.push(`            ${folds.map((f) => three(f.macroF1)).join('  ')}`);
  }
  lines.push(
    '',
    ...table([
      ['标签', '条数', '精确率', '召回率', 'F1'],
      ...ordered
        .slice(0, mostShown)
        .map((l) => [
          l.label,
          thousands(l.messages),
          three(l.precision),
          three(l.recall),
          three(l.f1),
        ]),
    ]),
  );
  if (ordered.length > mostShown) lines.push(`……还有 ${ordered.length - mostShown} 个标签`);
  lines.push('', ...confusionLines(report));
  return lines;
};

/** Student's factor for a few folds would claim more than folds that share rows can give. */
const spread = (values: number[]): string => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return `${three(mean)} ± ${three(1.96 * Math.sqrt(variance / values.length))}`;
};

const mostColumns = 12;

/** The whole table of a few labels; of many, what is mistaken most often. */
const confusionLines = ({ byLabel, confusion }: Report): string[] => {
  if (byLabel.length <= mostColumns) {
    return [
      '应是（行）答成（列）：',
      ...table([
        ['', ...byLabel.map((_, i) => String(i + 1))],
        ...confusion.map((row, i) => [`${i + 1} ${byLabel[i]!.label}`, ...row.map(thousands)]),
      ]),
    ];
  }
  const mistakes = confusion.flatMap((row, t) =>
    row.map((n, a) => ({ n, t, a })).filter(({ n, t, a }) => n > 0 && t !== a),
  );
  return [
    '最常弄混的：',
    ...mistakes
      .sort((x, y) => y.n - x.n)
      .slice(0, 10)
      .map(({ n, t, a }) => `${byLabel[t]!.label} 答成 ${byLabel[a]!.label}：${thousands(n)} 次`),
  ];
};

/** Median and 95th percentile of times in milliseconds. */
export const timeLine = (times: readonly number[]): string => {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return sorted.length === 0
    ? '没有计时'
    : `每条用时    中位 ${at(0.5)!.toFixed(2)} 毫秒，95% 在 ${at(0.95)!.toFixed(2)} 毫秒以内`;
};
