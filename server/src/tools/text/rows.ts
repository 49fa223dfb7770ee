import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ToolError } from '../failure';

/** Which fields of a row hold what. */
export interface Fields {
  text: string;
  label?: string;
  title?: string;
  time?: string;
}

export interface Row {
  /** From 1. */
  line: number;
  text: string;
  title?: string;
  /** Empty when no label was asked for. */
  label: string;
  /** Milliseconds; only when a time was asked for. */
  time: number;
}

const shown = 20;

/** Rows that could not be used: the first by number, the rest counted. */
export class BadRows {
  private readonly first: string[] = [];
  count = 0;

  add(line: number, why: string): void {
    if (this.count++ < shown) this.first.push(`第 ${line} 行：${why}`);
  }

  lines(): string[] {
    if (this.count === 0) return [];
    const more = this.count - this.first.length;
    return [
      `跳过了 ${this.count.toLocaleString('en-US')} 行：`,
      ...this.first.map((line) => `  ${line}`),
      ...(more > 0 ? [`  ……还有 ${more.toLocaleString('en-US')} 行`] : []),
    ];
  }
}

/**
 * Reads a file of JSON lines, a line at a time; rows that cannot be used go to `bad`.
 * @throws ToolError when there is no such file, or no row has the text or the label at all
 */
export async function* readRows(file: string, fields: Fields, bad: BadRows): AsyncGenerator<Row> {
  const from = path.resolve(file);
  const keys = new Set<string>();
  const met = new Set<string>();
  const names = Object.values(fields).filter((name) => typeof name === 'string');
  let line = 0;
  try {
    const stream = createReadStream(from, { encoding: 'utf8' });
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      line++;
      const content = line === 1 ? text.replace(/^\ufeff/, '') : text;
      if (content.trim() === '') continue;
      const object = parsed(content);
      if (!object) {
        bad.add(
          line,
          content.includes('\ufffd') ? '不是 UTF-8 的 JSON' : 'JSON 不完整或不是一个对象',
        );
        continue;
      }
      for (const key of Object.keys(object).slice(0, 30)) if (keys.size < 30) keys.add(key);
      for (const name of names) {
        if (Object.hasOwn(object, name)) met.add(name);
      }
      const row = rowOf(object, fields, line);
      if (typeof row === 'string') bad.add(line, row);
      else yield row;
    }
  } catch (error) {
    throw unreadable(error, from);
  }
  const unknown = names.find((name) => !met.has(name));
  if (keys.size > 0 && unknown !== undefined) {
    throw new ToolError(`没有一行有字段“${unknown}”；文件里有：${[...keys].join('、')}`, 'usage');
  }
}

const parsed = (content: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

/** The row, or in Chinese why it is none. */
const rowOf = (object: Record<string, unknown>, fields: Fields, line: number): Row | string => {
  const text = object[fields.text];
  if (text === undefined) return `没有“${fields.text}”`;
  if (typeof text !== 'string') return `“${fields.text}”不是文字`;
  if (text.trim() === '') return `“${fields.text}”是空的`;
  let label = '';
  if (fields.label !== undefined) {
    const value = object[fields.label];
    if (value === undefined) return `没有“${fields.label}”`;
    if (typeof value !== 'string') return `“${fields.label}”不是文字`;
    label = value.trim();
    if (label === '') return `“${fields.label}”是空的`;
  }
  const title = fields.title === undefined ? undefined : object[fields.title];
  if (title !== undefined && title !== null && typeof title !== 'string') {
    return `“${fields.title}”不是文字`;
  }
  const time = fields.time === undefined ? 0 : timeOf(object[fields.time]);
  if (Number.isNaN(time)) return `“${fields.time}”看不出是什么时间`;
  return { line, text, label, time, ...(title ? { title } : {}) };
};

/** Milliseconds; numbers are taken as they are, only their order matters. */
const timeOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value.trim()) : NaN;
};

/** An unreadable file, said so that it can be put right; anything else as it came. */
export const unreadable = (error: unknown, file: string): unknown => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new ToolError(`没有这个文件：${file}`, 'usage');
  if (code === 'EISDIR') return new ToolError(`这是一个目录，不是文件：${file}`, 'usage');
  if (code === 'EACCES' || code === 'EPERM') {
    return new ToolError(`读不了这个文件，检查权限：${file}`, 'unwritable');
  }
  return error;
};
