import { aggregateCommands } from './aggregate';
import { collectionCommands } from './collections';
import type { Command } from './context';
import { cursorCommands } from './cursors';
import { explainCommands } from './explain';
import { findAndModifyCommands } from './find-and-modify';
import { indexCommands } from './indexes';
import { readCommands } from './reads';
import { sessionCommands } from './sessions';
import { statsCommands } from './stats';
import { transactionCommands } from './transactions';
import { validateCommands } from './validate';
import { writeCommands } from './writes';

/** Every command that works on data; `wire/server-commands.ts` has those about the server. */
export const dataCommands: Readonly<Record<string, Command>> = {
  ...writeCommands,
  ...readCommands,
  ...findAndModifyCommands,
  ...aggregateCommands,
  ...cursorCommands,
  ...indexCommands,
  ...collectionCommands,
  ...statsCommands,
  ...explainCommands,
  ...transactionCommands,
  ...validateCommands,
  ...sessionCommands,
};
