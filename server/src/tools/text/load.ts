import { createSegmenter } from '../../understanding/language/words';
import { LearnerError, type TrainOptions } from '../../understanding/learner';
import { ToolError } from '../failure';
import { thousands } from './print';
import { Reservoir, usualBudget } from './reservoir';
import { BadRows, readRows, type Fields, type Row } from './rows';

/** Where lines for people go. */
export interface Output {
  /** Results for people. */
  say: (line: string) => void;
  /** Results for programs, exactly as they are. */
  write: (line: string) => void;
  /** Progress and remarks. */
  tell: (line: string) => void;
}

export interface Loaded {
  rows: (Row & { weight: number })[];
  total: number;
  /** Rows were left out: each of the rest stands for several. */
  sampled: boolean;
}

const everySoMany = 100_000;

/**
 * Reads what fits in memory of a file of any size, and says what was skipped or left out.
 * @throws ToolError when there is no usable row
 */
export const loadRows = async (
  file: string,
  fields: Fields,
  mostRows: number | undefined,
  { tell }: Output,
): Promise<Loaded> => {
  const bad = new BadRows();
  const reservoir = new Reservoir({ ...usualBudget, ...(mostRows ? { rows: mostRows } : {}) });
  try {
    for await (const row of readRows(file, fields, bad)) {
      reservoir.add(row);
      if (reservoir.total % everySoMany === 0) tell(`读了 ${thousands(reservoir.total)} 行……`);
    }
  } finally {
    bad.lines().forEach(tell);
  }
  if (reservoir.total === 0) throw new ToolError('文件里没有一行能用', 'usage');
  const rows = reservoir.kept();
  if (reservoir.sampled) {
    tell(
      `文件有 ${thousands(reservoir.total)} 行，超过了一次能放下的；` +
        `按标签抽了 ${thousands(rows.length)} 行（小标签全留，大标签抽一部分，按比例加权）`,
    );
  }
  return { rows, total: reservoir.total, sampled: reservoir.sampled };
};

/** How the texts of a file are cut. */
export const cutting = (values: { segmented?: boolean; words?: boolean }): TrainOptions => {
  if (values.segmented && values.words) {
    throw new ToolError('--segmented 和 --words 只能用一个：分好词的不用再分', 'usage');
  }
  if (values.segmented) return { segmented: true };
  if (!values.words) return {};
  const segmenter = createSegmenter();
  return { segment: (text) => segmenter.cut(text) };
};

/** Steps of slow work for people, no more than one line in two seconds. */
export const progress = ({ tell }: Output): Required<Pick<TrainOptions, 'onProgress'>> => {
  const names = { reading: '取特征', choosing: '选参数', calibrating: '校准', learning: '学习' };
  let last = Date.now();
  return {
    onProgress: ({ step, done }) => {
      if (Date.now() - last < 2000) return;
      last = Date.now();
      tell(
        `${names[step]} ${step === 'reading' ? `${thousands(done)} 条` : `${Math.round(done * 100)}%`}……`,
      );
    },
  };
};

/** Runs what learns; what it cannot learn from becomes a line for people. */
export const learning = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    if (error.problem === 'tooFewLabels') {
      throw new ToolError('学不了：至少要有两种不同的标签', 'usage');
    }
    if (error.problem === 'tooManyLabels') {
      throw new ToolError('标签太多了：是不是把编号当成了标签？最多 2,000 种', 'usage');
    }
    throw error;
  }
};
