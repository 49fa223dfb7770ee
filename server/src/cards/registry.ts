import type { Card } from '@alley-chief/shared/contract';
import type { Viewer } from '../http/viewer';
import type { CardRef } from '../modules/conversation/model';

/** Makes the cards of one type. Loading is shared by all viewers, wording is each viewer's own. */
export interface CardSource {
  /** Loads subjects once; ids that are gone are simply absent. */
  load(ids: string[]): Promise<Map<string, (viewer: Viewer) => Promise<Card | undefined>>>;
}

/** Who can make which card. Modules register their type; threads and pushes only know references. */
export class CardRegistry {
  private readonly sources = new Map<string, CardSource>();

  register(type: string, source: CardSource): void {
    if (this.sources.has(type)) throw new Error(`card type ${type} registered twice`);
    this.sources.set(type, source);
  }

  /** Loads the subjects of references once, to be shown to any number of viewers. */
  async prepare(refs: readonly CardRef[]): Promise<(viewer: Viewer) => Promise<Card[]>> {
    const byType = new Map<string, Set<string>>();
    for (const ref of refs) {
      const ids = byType.get(ref.type) ?? new Set<string>();
      byType.set(ref.type, ids.add(ref.id));
    }
    const makers = (
      await Promise.all(
        [...byType].map(async ([type, ids]) => {
          const loaded = await this.sources.get(type)?.load([...ids]);
          return loaded ? [...loaded.values()] : [];
        }),
      )
    ).flat();
    return async (viewer) => {
      const cards = await Promise.all(makers.map((make) => make(viewer)));
      return cards.filter((c): c is Card => c !== undefined);
    };
  }
}
