const colours = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '36',
} as const;

type Colour = keyof typeof colours;

/** Characters that take two columns in a terminal: CJK, its punctuation, full-width forms. */
const isWide = (char: string): boolean =>
  /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…—]/.test(
    char,
  );

export const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0);

export const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** Breaks text into lines of at most `columns`; Chinese breaks anywhere. */
export const wrap = (text: string, columns: number): string[] => {
  const lines = [''];
  let used = 0;
  for (const char of text) {
    const width = isWide(char) ? 2 : 1;
    // A line never begins with a closing mark.
    if (used + width > columns && !/[，。！？；：、）」”]/.test(char)) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += char;
    used += width;
  }
  return lines;
};

const columns = 88;

/** Writes the walkthrough: scenes, who said what, who got it after how many milliseconds. */
export class Printer {
  private readonly times: { scene: string; what: string; who: string; ms: number }[] = [];
  private scene = '';

  constructor(
    private readonly out: NodeJS.WriteStream = process.stdout,
    private readonly colour = out.isTTY && !process.env['NO_COLOR'],
  ) {}

  private paint(text: string, ...names: Colour[]): string {
    if (!this.colour) return text;
    return `\u001b[${names.map((n) => colours[n]).join(';')}m${text}\u001b[0m`;
  }

  private line(text = ''): void {
    this.out.write(`${text}\n`);
  }

  private indented(indent: number, text: string, ...names: Colour[]): void {
    for (const part of wrap(text, columns - indent)) {
      this.line(' '.repeat(indent) + this.paint(part, ...names));
    }
  }

  title(text: string, under: string): void {
    this.line();
    this.line(`  ${this.paint(text, 'bold')}`);
    this.indented(2, under, 'dim');
  }

  heading(text: string): void {
    this.scene = text.split('：')[0] ?? text;
    this.line();
    this.line(
      this.paint(`── ${text} ${'─'.repeat(Math.max(0, columns - widthOf(text) - 4))}`, 'blue'),
    );
  }

  /** Somebody says or does something. */
  says(who: string, text: string): void {
    const at = new Date().toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
    const head = `${at}  ${who}  `;
    const [first = '', ...rest] = wrap(text, columns - widthOf(head));
    this.line(`${this.paint(at, 'dim')}  ${this.paint(who, 'bold')}  ${first}`);
    for (const part of rest) this.line(' '.repeat(widthOf(head)) + part);
  }

  /** Somebody else has it on the screen. */
  got(who: string, ms: number, what: string, about: string): void {
    this.times.push({ scene: this.scene, what: about, who, ms });
    const head = `          → ${pad(who, 26)}${`${ms.toFixed(0)} 毫秒`.padStart(8)}  `;
    const [first = '', ...rest] = wrap(what, columns - widthOf(head));
    this.line(this.paint(head, 'green') + first);
    for (const part of rest) this.line(' '.repeat(widthOf(head)) + part);
  }

  /** What a card or a reason says. */
  fact(label: string, text: string): void {
    const head = `            ${pad(label, 12)}`;
    const [first = '', ...rest] = wrap(text, columns - widthOf(head));
    this.line(this.paint(head, 'yellow') + first);
    for (const part of rest) this.line(' '.repeat(widthOf(head)) + part);
  }

  proof(text: string): void {
    this.indented(10, `✓ ${text}`, 'green');
  }

  note(text: string): void {
    this.indented(10, text, 'dim');
  }

  failure(text: string): void {
    this.line();
    this.indented(2, `✗ ${text}`, 'red', 'bold');
    this.line();
  }

  /** The times of every hand-over, then the median and the slowest. */
  table(): void {
    this.heading('从说出口到对方屏幕上，用了多久');
    let scene = '';
    for (const t of this.times) {
      const shown = t.scene === scene ? '' : t.scene;
      scene = t.scene;
      this.line(
        `  ${pad(shown, 28)}${pad(t.what, 16)}${pad(t.who, 26)}${`${t.ms.toFixed(0)} 毫秒`.padStart(8)}`,
      );
    }
    const sorted = this.times.map((t) => t.ms).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    this.line();
    this.line(
      `  一共 ${sorted.length} 次，中间数 ${median.toFixed(0)} 毫秒，最慢 ${(sorted.at(-1) ?? 0).toFixed(0)} 毫秒`,
    );
    this.line();
  }
}
