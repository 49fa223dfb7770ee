import { performance } from 'node:perf_hooks';
import {
  createPredictor,
  crossValidate,
  evaluate,
  learnOnTheJob,
  train,
  validateInTime,
  type Judged,
} from '../../understanding/learner';
import { ToolError } from '../failure';
import { cutting, learning, loadRows, progress, type Output } from './load';
import { checkTarget, readMap, readModel, writeModel } from './modelFile';
import type { Values } from './options';
import { reportLines, thousands, timeLine } from './print';
import { BadRows, readRows, type Fields } from './rows';
import { asScores, judge, openScorer, segmentFor, translated } from './scorer';

const needed = (value: string | undefined, option: string): string => {
  if (!value) throw new ToolError(`缺少 --${option}；用法见 npm run text -- --help`, 'usage');
  return value;
};

/** A whole number in a range, or nothing when the option was not given. */
const whole = (value: string | undefined, option: string, low: number, high: number) => {
  if (value === undefined) return undefined;
  const n = Number(value);
  if (!Number.isInteger(n) || n < low || n > high) {
    throw new ToolError(`--${option} 要写 ${low} 到 ${thousands(high)} 的整数`, 'usage');
  }
  return n;
};

const fieldsOf = (values: Values, labelled = true): Fields => ({
  text: values.textField ?? 'text',
  ...(labelled ? { label: values.label ?? 'label' } : {}),
  ...(values.title ? { title: values.title } : {}),
  ...(values.time ? { time: values.time } : {}),
});

const load = (values: Values, fields: Fields, output: Output) =>
  loadRows(needed(values.data, 'data'), fields, whole(values.rows, 'rows', 2, 10_000_000), output);

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

export const trainCommand = async (values: Values, output: Output): Promise<void> => {
  const out = needed(values.out, 'out');
  checkTarget(out);
  const options = cutting(values);
  const { rows } = await load(values, fieldsOf(values), output);
  const began = performance.now();
  const model = learning(() => train(rows, { ...options, ...progress(output) }));
  const bytes = writeModel(out, model);
  output.say(`学好了：${out}（${model.version}，${(bytes / 1e6).toFixed(2)} MB）`);
  output.say(
    `${thousands(model.examples)} 条，${thousands(model.labels.length)} 种标签，学习用了 ${seconds(began)} 秒`,
  );
  output.say(
    model.threshold > 1
      ? '例子太少或太难，定不出把握够大的门槛：这个模型只提建议，不自己做主'
      : `把握在 ${model.threshold.toFixed(2)} 以上才自己做主，估计 95% 是对的`,
  );
};

export const evaluateCommand = async (values: Values, output: Output): Promise<void> => {
  if (values.split !== undefined && values.split !== 'time') {
    throw new ToolError('--split 只能是 time', 'usage');
  }
  if (values.split === 'time') needed(values.time, 'time');
  if (values.map && !values.model) throw new ToolError('--map 要和 --model 一起用', 'usage');
  const folds = whole(values.folds, 'folds', 2, 50) ?? 5;
  const times: number[] = [];
  if (values.model) return evaluateModel(values, values.model, output);

  const cut = cutting(values);
  const { rows, sampled } = await load(values, fieldsOf(values), output);
  const options = {
    ...cut,
    ...progress(output),
    now: () => performance.now(),
    onAnswer: (took: number) => times.push(took),
    onFold: (n: number) => output.tell(`第 ${n} 折好了`),
  };
  const { labels, judged, fold } = learning(() =>
    values.split === 'time'
      ? validateInTime(
          rows,
          rows.map((r) => r.time),
          0.2,
          options,
        )
      : crossValidate(rows, Math.min(folds, rows.length), options),
  );
  if (values.split === 'time') output.say('用时间在前的 80% 学，答最新的 20%');
  else output.say(`分 ${folds} 折轮流学、轮流答，参数和门槛只在学的部分里定`);
  if (sampled) output.say('注意：抽过样，下面的数字按抽到的行算，大标签占的份量比实际小');
  reportLines(evaluate(judged, labels, { fold })).forEach((line) => output.say(line));
  output.say('');
  output.say(timeLine(times));
};

const evaluateModel = async (values: Values, name: string, output: Output): Promise<void> => {
  const map = values.map ? readMap(values.map) : undefined;
  const scorer = openScorer(name);
  const { rows } = await load(values, fieldsOf(values), output);
  const labels = [...new Set(rows.map((r) => r.label))].sort();
  const sayable = new Set(scorer.labels.map((label) => map?.get(label) ?? label));
  const unknown = labels.filter((label) => scorer.labels.length > 0 && !sayable.has(label));
  if (unknown.length > 0) output.tell(`模型答不出这些标签：${unknown.slice(0, 20).join('、')}`);
  if (unknown.length === labels.length) {
    throw new ToolError('模型的标签和文件的标签对不上，用 --map 给一张对照表', 'usage');
  }
  const number = new Map(labels.map((label, c) => [label, c]));
  const times: number[] = [];
  const judged: Judged[] = rows.map((row) => {
    const before = performance.now();
    const { chances, abstained } = scorer.read(row);
    times.push(performance.now() - before);
    return judge(translated(chances, labels, map), number.get(row.label)!, abstained);
  });
  output.say(`模型 ${scorer.version}，没有学这个文件`);
  reportLines(evaluate(judged, labels)).forEach((line) => output.say(line));
  output.say('');
  output.say(timeLine(times));
};

export const predictCommand = async (values: Values, output: Output): Promise<void> => {
  const model = readModel(needed(values.model, 'model'));
  const predictor = createPredictor(model, segmentFor(model));
  const read = (text: string, title?: string) => {
    const input = { text, ...(title === undefined ? {} : { title }) };
    const prediction = predictor.predict(input);
    const words = predictor.deciding(input, prediction.guesses[0]!.label);
    return { ...prediction, words: words.map((w) => text.slice(w.start, w.end)) };
  };
  if (values.text !== undefined) {
    const { guesses, abstained, words } = read(values.text);
    for (const { label, probability } of guesses) {
      output.say(`${(probability * 100).toFixed(1).padStart(5)}%  ${label}`);
    }
    output.say(abstained ? '把握不够，请人来定' : '把握够了，可以自己做主');
    if (words.length > 0) output.say(`主要看：${words.join('、')}`);
    return;
  }
  const bad = new BadRows();
  try {
    for await (const row of readRows(
      needed(values.data, 'text 或 --data'),
      fieldsOf(values, false),
      bad,
    )) {
      output.write(JSON.stringify({ line: row.line, ...read(row.text, row.title) }));
    }
  } finally {
    bad.lines().forEach((line) => output.tell(line));
  }
};

/** Windows in which the notes of routing measure how fast the learner becomes of use. */
const windowSize = 300;

export const streamCommand = async (values: Values, output: Output): Promise<void> => {
  needed(values.time, 'time');
  const every = whole(values.every, 'every', 1, 100_000) ?? 50;
  const map = values.map ? readMap(values.map) : undefined;
  const scorer = values.model ? openScorer(values.model) : undefined;
  const options = cutting(values);
  const { rows } = await load(values, fieldsOf(values), output);
  rows.sort((a, b) => a.time - b.time || a.line - b.line);
  const stages = progress(output);
  const { labels, judged, blends } = learning(() =>
    learnOnTheJob(rows, {
      ...options,
      every,
      ...(scorer
        ? {
            other: (input, all) => asScores(translated(scorer.read(input).chances, all, map)),
          }
        : {}),
      onStep: (done) => stages.onProgress({ step: 'learning', done }),
    }),
  );
  output.say(`${thousands(rows.length)} 条按时间先答后学，每 ${every} 条学一次`);
  for (let from = 0; from < judged.length; from += windowSize) {
    const { accuracy, macroF1, calibrationError, coverage } = evaluate(
      judged.slice(from, from + windowSize),
      labels,
    );
    output.say(
      `${`${from}–${Math.min(judged.length, from + windowSize)}`.padEnd(12)}` +
        `准确率 ${accuracy.value.toFixed(3)}（${accuracy.low.toFixed(3)}–${accuracy.high.toFixed(3)}）` +
        `  宏平均 F1 ${macroF1.value.toFixed(3)}（${macroF1.low.toFixed(3)}–${macroF1.high.toFixed(3)}）` +
        `  校准误差 ${calibrationError.toFixed(3)}  95% 对时能答 ${(coverage.share * 100).toFixed(0)}%`,
    );
  }
  const last = blends.at(-1);
  if (scorer && last) {
    output.say(
      `最后的份量：学来的 ${last.linear.toFixed(2)}，${scorer.version} ${last.other.toFixed(2)}`,
    );
  }
};
