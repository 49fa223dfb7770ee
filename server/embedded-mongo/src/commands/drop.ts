import type { Collection } from '../storage/catalog';
import type { CommandContext } from './context';

/** Drops a collection: gone from the catalogue at once, from the disk a little later. */
export function removeTree({ engine, unit }: CommandContext, collection: Collection): void {
  engine.catalog.drop(unit.set, collection);
  unit.set.event({ kind: 'drop', ns: collection.ns, uuid: collection.uuid });
}
