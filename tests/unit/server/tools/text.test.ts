import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explain } from '../../../../server/src/tools/failure';
import { runText } from '../../../../server/src/tools/text';
import { Reservoir } from '../../../../server/src/tools/text/reservoir';
import { temporaryFolder } from '../../embedded-mongo/support';
import { letters } from '../understanding/learner/letters';

const place = temporaryFolder();
const at = (...parts: string[]) => path.join(place.folder, ...parts);
afterAll(() => place.remove());

const file = (name: string, lines: (string | object)[]): string => {
  const text = lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n');
  writeFileSync(at(name), text);
  return at(name);
};

/** Runs the command; what it printed, or the line and code it ended with. */
const run = async (...args: string[]) => {
  const [said, written, told]: string[][] = [[], [], []];
  let failure = { line: '', code: 0 };
  await runText(args, {
    say: (line) => said!.push(line),
    write: (line) => written!.push(line),
    tell: (line) => told!.push(line),
  }).catch((error: unknown) => (failure = explain(error)));
  return { ...failure, said: said!.join('\n'), written: written!, told: told!.join('\n') };
};

const good = letters(160).map((e, i) => ({ ...e, at: new Date(1e12 + i * 6e4).toISOString() }));

describe('npm run text', () => {
  it('learns a model from a file and reads messages with it', async () => {
    const data = file('good.jsonl', good);
    const trained = await run('train', '--data', data, '--out', at('m.bin'));
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.said).toMatch(/学好了.*text-[0-9a-f]{16}/);
    expect(trained.said).toContain('160 条，4 种标签');

    const asked = await run('predict', '--model', at('m.bin'), '--text', '村东头停水两天了');
    expect(asked.said).toMatch(/% {2}停水\n[^]*% {2}/);
    expect(asked.said).toMatch(/主要看：.*水/);

    const all = await run('predict', '--model', at('m.bin'), '--data', data);
    expect(all.written).toHaveLength(160);
    expect(JSON.parse(all.written[0]!)).toMatchObject({
      line: 1,
      guesses: [{ label: good[0]!.label }, {}, {}],
      abstained: expect.any(Boolean),
      words: expect.any(Array),
    });

    const measured = await run('evaluate', '--data', data, '--model', at('m.bin'));
    expect(measured.said).toMatch(/没有学这个文件|text-/);
    expect(measured.said).toMatch(/宏平均 F1 +\d\.\d{3}（95% 区间/);
  });

  it('measures by folds, by time, and on the job from the word list on', async () => {
    const data = file('measured.jsonl', good);
    const folds = await run('evaluate', '--data', data, '--folds', '3');
    expect(folds.said).toMatch(/分 3 折[^]*能自己答[^]*应是（行）答成（列）[^]*每条用时/);
    const time = await run('evaluate', '--data', data, '--split', 'time', '--time', 'at');
    expect(time.said).toContain('信件 32 条');
    const map = file('map.json', [
      { 'roads.light': '路灯', 'environment.garbage': '垃圾', 'utilities.water': '停水' },
    ]);
    const stream = await run(
      'stream',
      '--data',
      data,
      '--time',
      'at',
      '--model',
      'lexicon',
      '--map',
      map,
    );
    expect(stream.said).toMatch(/每 50 条学一次\n0–160 +准确率/);
    expect(stream.said).toMatch(/最后的份量：学来的 [\d.]+，lexicon/);
  });

  it('reports bad rows by number, twenty of them, and goes on', async () => {
    const bad = Array.from({ length: 25 }, () => '{"text":"断');
    const data = file('bad.jsonl', [
      ...good.slice(0, 60),
      '[1]',
      { label: '路灯' },
      { text: '  ', label: '路灯' },
      { text: 7, label: '路灯' },
      { text: '有字没标签' },
      { text: '标签是数', label: 3 },
      { text: '标签是空的', label: ' ' },
      '',
      ...bad,
    ]);
    const { told, said, code } = await run('train', '--data', data, '--out', at('bad.bin'));
    expect(code).toBe(0);
    expect(said).toContain('60 条，');
    expect(told).toContain('跳过了 32 行');
    for (const line of [
      '第 61 行：JSON 不完整或不是一个对象',
      '第 62 行：没有“text”',
      '第 63 行：“text”是空的',
      '第 64 行：“text”不是文字',
      '第 65 行：没有“label”',
      '第 66 行：“label”不是文字',
      '第 67 行：“label”是空的',
      '还有 12 行',
    ]) {
      expect(told).toContain(line);
    }
  });

  it('says in one Chinese line what is wrong, with the code for it', async () => {
    const data = file('some.jsonl', good.slice(0, 30));
    const out = ['--out', at('none.bin')];
    mkdirSync(at('folder'));
    const one = file(
      'one.jsonl',
      good.filter((e) => e.label === '路灯'),
    );
    const cases: [string[], number, RegExp][] = [
      [['fly'], 2, /没有这个命令：fly/],
      [['train', '--data', at('missing.jsonl'), ...out], 2, /没有这个文件/],
      [['train', '--data', at('folder'), ...out], 2, /是一个目录/],
      [['train', '--data', data], 2, /缺少 --out/],
      [['train', '--data', data, '--fast', ...out], 2, /不认识的选项 --fast/],
      [['train', '--data', data, '--lable', 'x', ...out], 2, /不认识的选项 --lable/],
      [
        ['train', '--data', data, '--label', 'lable', ...out],
        2,
        /没有一行有字段“lable”；文件里有：text、label、at/,
      ],
      [['train', '--data', data, '--text'], 2, /--text/],
      [['train', '--data', one, ...out], 2, /至少要有两种/],
      [['train', '--data', file('empty.jsonl', []), ...out], 2, /没有一行能用/],
      [['train', '--data', data, '--out', data], 7, /不是模型，没有动它/],
      [['train', '--data', data, '--out', at('no', 'where.bin')], 4, /没有这个目录/],
      [['train', '--data', data, '--segmented', '--words', ...out], 2, /只能用一个/],
      [['predict', '--model', data, '--text', '灯'], 5, /不是一个完好的模型/],
      [['predict', '--text', '灯'], 2, /缺少 --model/],
      [['evaluate', '--data', data, '--folds', '1'], 2, /--folds 要写 2 到 50/],
      [['evaluate', '--data', data, '--split', 'time'], 2, /缺少 --time/],
      [['evaluate', '--data', data, '--map', data], 2, /--map 要和 --model 一起用/],
      [
        ['evaluate', '--data', data, '--model', 'lexicon', '--map', file('m.json', ['{'])],
        2,
        /对照表不是完整的 JSON/,
      ],
      [['stream', '--data', data], 2, /缺少 --time/],
      [['stream', '--data', data, '--time', 'text'], 2, /没有一行能用/],
    ];
    for (const [args, code, line] of cases) {
      const ended = await run(...args);
      expect({ args, code: ended.code, line: ended.line }).toEqual({
        args,
        code,
        line: expect.stringMatching(line),
      });
    }
    expect(existsSync(at('none.bin'))).toBe(false);
    expect(readFileSync(data, 'utf8')).toContain('路灯');
  });

  it('explains itself', async () => {
    expect((await run('train', '--help')).said).toContain('--segmented');
    expect((await run()).said).toContain('npm run text -- evaluate');
  });
});

describe('a file too large to hold', () => {
  it('is sampled: small labels whole, large ones in part, each row weighing what it stands for', () => {
    const fill = () => {
      const reservoir = new Reservoir({ rows: 100, characters: 1e9 });
      for (let line = 1; line <= 10_000; line++) {
        const label = line % 1000 === 0 ? '少' : line % 3 ? '多' : '也多';
        reservoir.add({ line, text: '一条信', label, time: 0 });
      }
      return reservoir;
    };
    const kept = fill().kept();
    const of = (label: string) => kept.filter((r) => r.label === label);
    expect(kept).toHaveLength(100);
    expect(of('少')).toHaveLength(10);
    expect([of('多').length, of('也多').length].sort()).toEqual([45, 45]);
    expect(of('少')[0]!.weight).toBe(1);
    expect(of('多').reduce((sum, r) => sum + r.weight, 0)).toBeCloseTo(6660);
    // Not the first, not the last: rows from everywhere.
    expect(Math.max(...of('多').map((r) => r.line))).toBeGreaterThan(9000);
    expect(Math.min(...of('多').map((r) => r.line))).toBeLessThan(1000);
    expect(fill().kept()).toEqual(kept);
  });

  it('keeps to its characters, too', () => {
    const reservoir = new Reservoir({ rows: 1000, characters: 10_000 });
    for (let line = 1; line <= 100; line++) {
      reservoir.add({ line, text: '长'.repeat(900), label: String(line % 2), time: 0 });
    }
    expect(reservoir.kept()).toHaveLength(10);
    expect(reservoir.sampled).toBe(true);
  });
});
