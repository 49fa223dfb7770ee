import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  LearnerError,
  modelFromBytes,
  modelToBytes,
  type Model,
} from '../../understanding/learner';
import { ToolError } from '../failure';
import { unreadable } from './rows';

const explained = (error: unknown, file: string): unknown => {
  if (!(error instanceof LearnerError)) return unreadable(error, file);
  return error.problem === 'newerModel'
    ? new ToolError(`模型是更新的版本做的，这个版本读不了：${file}`, 'newer')
    : new ToolError(`这不是一个完好的模型文件：${file}`, 'damaged');
};

/** @throws ToolError when it is not there, damaged or newer */
export const readModel = (file: string): Model => {
  const from = path.resolve(file);
  try {
    return modelFromBytes(readFileSync(from));
  } catch (error) {
    throw explained(error, from);
  }
};

/** Refuses, before any work is done, a name under which something else than a model lies. */
export const checkTarget = (file: string): void => {
  const to = path.resolve(file);
  if (existsSync(to)) {
    try {
      modelFromBytes(readFileSync(to));
    } catch {
      throw new ToolError(`${to} 已经有了，而且不是模型，没有动它；请换个名字`, 'notEmpty');
    }
  }
  if (!existsSync(path.dirname(to))) {
    throw new ToolError(`没有这个目录：${path.dirname(to)}`, 'unwritable');
  }
};

/** Whole or not at all. @returns bytes written */
export const writeModel = (file: string, model: Model): number => {
  const to = path.resolve(file);
  const bytes = modelToBytes(model);
  const partial = `${to}.partial-${process.pid}`;
  writeFileSync(partial, bytes);
  renameSync(partial, to);
  return bytes.length;
};

/** Labels of a model -> labels of a file. */
export type LabelMap = ReadonlyMap<string, string>;

/** @throws ToolError when it is not an object of names to names */
export const readMap = (file: string): LabelMap => {
  const from = path.resolve(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(from, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ToolError(`对照表不是完整的 JSON：${from}`, 'usage');
    throw unreadable(error, from);
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0 || entries.some(([, to]) => typeof to !== 'string')) {
    throw new ToolError(`对照表要写成 {"模型的标签":"文件的标签"}：${from}`, 'usage');
  }
  return new Map(entries as [string, string][]);
};
