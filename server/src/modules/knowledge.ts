import { createUnderstander, type Wits } from '../understanding';
import type { Article, Knowledge, Speech, Understander } from '../understanding/types';
import type { DirectoryService } from './directory/service';
import type { ServiceService } from './service/service';

export interface LiveUnderstandingDeps {
  directory: DirectoryService;
  services: () => ServiceService;
  articles: Article[];
  wits: Wits;
  /** The city's own words. */
  speech?: Speech;
}

/**
 * The understanding with the city's own names in it. Built anew when the directory changes; until
 * the first build it knows the language but no names.
 */
export class LiveUnderstanding implements Understander {
  private current: Understander;
  private wits: Wits;
  private building?: Promise<void>;
  private next?: Promise<void>;

  constructor(private readonly deps: LiveUnderstandingDeps) {
    this.wits = deps.wits;
    this.current = this.with({ places: [], staff: [], services: [] });
  }

  understand: Understander['understand'] = (input) => this.current.understand(input);

  /** From the next message on another model decides. */
  async decideWith(wits: Wits): Promise<void> {
    this.wits = wits;
    await this.refresh();
  }

  /** Resolves when everything written before the call is known. */
  refresh(): Promise<void> {
    if (!this.building) {
      this.building = this.build().finally(() => (this.building = undefined));
      return this.building;
    }
    // A build under way may have read before the change: all who come meanwhile wait for one more.
    const again = (): Promise<void> => {
      this.next = undefined;
      return this.refresh();
    };
    this.next ??= this.building.then(again, again);
    return this.next;
  }

  private with(names: Omit<Knowledge, 'articles' | 'speech'>): Understander {
    const { articles, speech } = this.deps;
    return createUnderstander({ ...names, articles, ...(speech ? { speech } : {}) }, this.wits);
  }

  private async build(): Promise<void> {
    const { directory } = this.deps;
    const [index, services, landmarks] = await Promise.all([
      directory.staff(),
      this.deps.services().named(),
      directory.landmarks(),
    ]);
    this.current = this.with({
      places: [...index.areas.values()].map((a) => ({
        areaId: a._id,
        name: a.name,
        kind: a.kind,
        path: a.path,
      })),
      staff: [...index.people.values()].flatMap((p) => {
        const grant = p.roles.find((g) => g.role !== 'resident' && g.role !== 'volunteer');
        if (!grant) return [];
        const { role, areaPath } = grant;
        return [{ personId: p._id, name: p.name, role, callName: p.callName, areaPath }];
      }),
      services,
      landmarks: landmarks.map((l) => ({
        landmarkId: l._id,
        name: l.name,
        areaId: l.areaId,
        aliases: l.aliases,
      })),
    });
  }
}
