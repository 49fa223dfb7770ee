import { parseArgs } from 'node:util';
import { ToolError } from '../failure';

/** Options as they were written; `text` is a field's name for all commands but `predict`. */
export interface Values {
  data?: string;
  text?: string;
  textField?: string;
  label?: string;
  title?: string;
  time?: string;
  segmented?: boolean;
  words?: boolean;
  out?: string;
  model?: string;
  map?: string;
  folds?: string;
  split?: string;
  every?: string;
  rows?: string;
}

const string = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const known = {
  train: {
    data: string,
    text: string,
    label: string,
    title: string,
    segmented: flag,
    words: flag,
    out: string,
    rows: string,
  },
  evaluate: {
    data: string,
    text: string,
    label: string,
    title: string,
    time: string,
    segmented: flag,
    words: flag,
    folds: string,
    split: string,
    model: string,
    map: string,
    rows: string,
  },
  predict: { model: string, text: string, data: string, field: string, title: string },
  stream: {
    data: string,
    text: string,
    label: string,
    title: string,
    time: string,
    segmented: flag,
    words: flag,
    every: string,
    model: string,
    map: string,
    rows: string,
  },
};
export type Command = keyof typeof known;

export const isCommand = (name: string): name is Command => Object.hasOwn(known, name);

/** @throws ToolError for an option the command does not know or that lacks its value */
export const readOptions = (command: Command, args: string[]): Values => {
  try {
    const options: Record<string, { type: 'string' | 'boolean' }> = known[command];
    const { values } = parseArgs({ args, options, allowPositionals: false });
    if (command === 'predict')
      return { ...values, ...(values.field ? { textField: values.field as string } : {}) };
    return { ...values, ...(values.text ? { textField: values.text as string } : {}) };
  } catch (error) {
    throw new ToolError(complaint(error as NodeJS.ErrnoException, command), 'usage');
  }
};

const complaint = ({ code, message }: NodeJS.ErrnoException, command: Command): string => {
  const option = /'(-[^'\s]*)/.exec(message)?.[1] ?? /'([^']*)'/.exec(message)?.[1] ?? '';
  const all = Object.keys(known[command])
    .map((name) => `--${name}`)
    .join(' ');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `不认识的选项 ${option}；${command} 有：${all}`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `多出来的“${option}”；${command} 的选项：${all}`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `选项 ${option} 没有写对：要不要带值看 --help`;
  return `参数不对：${message}`;
};

export const help = `
  从分好类的信件里学，然后自动分类

  npm run text -- train --data 文件 --out 模型          学一个模型
  npm run text -- evaluate --data 文件                  量一量学得怎么样
  npm run text -- predict --model 模型 --text "……"      问一条（或 --data 文件，每行一个结果）
  npm run text -- stream --data 文件 --time 时间字段    按时间先答后学，看多快变得有用

  文件是 JSON Lines（每行一个 JSON 对象，UTF-8）；坏的行会按行号报出来并跳过

  --text 字段      信件正文的字段，不写就是 text（predict 读文件时用 --field）
  --label 字段     标签的字段，不写就是 label
  --title 字段     标题的字段，有的话写上：标题最说明问题
  --segmented      正文已经分好词，词之间是空格
  --words          学的时候先分词（不写就只看字，差不多一样好，更快）
  --rows 数        一次最多放多少行（不写是 100,000）；再多就按标签抽样

  evaluate：
  --folds 数       分几折轮流学和答，不写是 5
  --split time --time 字段   改成用早的学、答最新的 20%
  --model 模型     不学，只量一个学好的模型；写 shipped 就是量系统自带的，写 lexicon 只量词表
  --map 文件       对照表 {"模型的标签":"文件的标签"}，标签叫法不同时用

  stream：
  --every 数       每多少条学一次，不写是 50
  --model 模型     一开始先听谁的（模型文件、shipped 或 lexicon），再慢慢信自己学来的
  --map 文件       同上
`;
