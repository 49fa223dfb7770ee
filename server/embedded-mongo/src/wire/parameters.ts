import type { Document } from '../bson/types';
import type { Command } from '../commands/context';
import { invalidOptions } from '../errors';

/** `getParameter`: what clients ask to learn what the server can do. */
export function parameterCommands(testCommands: boolean): Record<string, Command> {
  const parameters: Document = {
    featureCompatibilityVersion: { version: '7.0' },
    enableTestCommands: testCommands,
    authenticationMechanisms: [],
    transactionLifetimeLimitSeconds: 60,
    minSnapshotHistoryWindowInSeconds: 300,
  };
  const getParameter: Command = {
    kind: 'read',
    run({ body }) {
      if (body.getParameter === '*') return { ...parameters, ok: 1 };
      const asked = Object.entries(parameters).filter(([name]) => body[name] !== undefined);
      if (!asked.length) throw invalidOptions('no option found to get');
      return { ...Object.fromEntries(asked), ok: 1 };
    },
  };
  return { getParameter };
}
