import { ToolError } from '../failure';
import { evaluateCommand, predictCommand, streamCommand, trainCommand } from './commands';
import type { Output } from './load';
import { help, isCommand, readOptions } from './options';

const commands = {
  train: trainCommand,
  evaluate: evaluateCommand,
  predict: predictCommand,
  stream: streamCommand,
};

/**
 * `npm run text -- train|evaluate|predict|stream`: learns from labelled messages and measures it.
 * Needs no settings and no database.
 * @throws ToolError with one Chinese line
 */
export const runText = async (args: string[], output: Output): Promise<void> => {
  const [name = '', ...rest] = args;
  if (name === '' || args.includes('--help') || args.includes('-h')) return output.say(help);
  if (!isCommand(name)) {
    throw new ToolError(`没有这个命令：${name}；有 train、evaluate、predict、stream`, 'usage');
  }
  await commands[name](readOptions(name, rest), output);
};
