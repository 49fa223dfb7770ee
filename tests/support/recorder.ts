import type { Connection, mongo } from 'mongoose';

/** One command that looks for documents, as the driver sent it. */
export interface Sought {
  collection: string;
  /** Command, collection and filter with types for values: the same for all that differ in values. */
  shape: string;
  /** What `explain` is asked. */
  command: Record<string, unknown>;
}

const FIELDS = ['find', 'count', 'distinct', 'aggregate', 'findAndModify', 'update', 'delete'];
/** What the driver adds to every command and `explain` does not take. */
const ENVELOPE = new Set([
  'lsid',
  'txnNumber',
  '$clusterTime',
  '$db',
  'startTransaction',
  'autocommit',
  'readConcern',
  'writeConcern',
  '$readPreference',
]);

const typed = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    // A list of values is one shape however long; a list of conditions is its conditions.
    const items = [...new Set(value.map((v) => JSON.stringify(typed(v))))];
    return items.map((item) => JSON.parse(item) as unknown);
  }
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, typed(v)]));
  return value === null ? 'null' : typeof value;
};

const split = (
  name: string,
  command: mongo.Document,
): { seeks: unknown; command: Record<string, unknown> }[] => {
  const bare = Object.fromEntries(Object.entries(command).filter(([k]) => !ENVELOPE.has(k)));
  const list = { update: 'updates', delete: 'deletes' }[name];
  if (list)
    return (bare[list] as mongo.Document[]).map((one) => ({
      seeks: one['q'],
      command: { [name]: bare[name], [list]: [one] },
    }));
  if (name === 'aggregate') {
    const pipeline = bare['pipeline'] as mongo.Document[];
    return pipeline[0]?.['$changeStream'] ? [] : [{ seeks: pipeline, command: bare }];
  }
  const seeks = { filter: bare['filter'] ?? bare['query'], sort: bare['sort'] };
  return [{ seeks, command: bare }];
};

/**
 * Listens to what a connection sends (opened with `monitorCommands=true`).
 * @returns the distinct commands so far, by shape, and a function that stops listening
 */
export const recordQueries = (
  db: Connection,
): { queries: Map<string, Sought>; stop: () => void } => {
  const queries = new Map<string, Sought>();
  const client = db.getClient();
  const listen = (event: mongo.CommandStartedEvent): void => {
    const name = event.commandName;
    if (!FIELDS.includes(name) || event.databaseName !== db.name) return;
    const collection = String(event.command[name]);
    for (const { seeks, command } of split(name, event.command)) {
      const shape = `${name} ${collection} ${JSON.stringify(typed(seeks))}`;
      if (!queries.has(shape)) queries.set(shape, { collection, shape, command });
    }
  };
  client.on('commandStarted', listen);
  return { queries, stop: () => void client.off('commandStarted', listen) };
};
