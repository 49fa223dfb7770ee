import { createUnderstander, type Wits } from '../understanding';
import type { Article, Understander } from '../understanding/types';
import type { DirectoryService } from './directory/service';
import type { ServiceService } from './service/service';

/**
 * The understanding with the city's own names in it. Built anew when the directory changes; until
 * the first build it knows the language but no names.
 */
export class LiveUnderstanding implements Understander {
  private current: Understander;
  private building?: Promise<void>;
  private again = false;

  constructor(
    private readonly directory: DirectoryService,
    private readonly services: () => ServiceService,
    private readonly articles: Article[],
    private wits: Wits,
  ) {
    this.current = createUnderstander({ places: [], staff: [], services: [], articles }, wits);
  }

  understand: Understander['understand'] = (input) => this.current.understand(input);

  /** From the next message on another model decides. */
  async decideWith(wits: Wits): Promise<void> {
    this.wits = wits;
    await this.refresh();
  }

  /** Changes that come while it builds lead to one more build. */
  refresh(): Promise<void> {
    if (this.building) {
      this.again = true;
      return this.building;
    }
    this.building = this.build().finally(() => {
      this.building = undefined;
      if (this.again) {
        this.again = false;
        void this.refresh();
      }
    });
    return this.building;
  }

  private async build(): Promise<void> {
    const [index, services] = await Promise.all([this.directory.staff(), this.services().named()]);
    this.current = createUnderstander(
      {
        places: [...index.areas.values()].map((a) => ({
          areaId: a._id,
          name: a.name,
          kind: a.kind,
        })),
        staff: [...index.people.values()].flatMap((p) => {
          const grant = p.roles.find((g) => g.role !== 'resident' && g.role !== 'volunteer');
          return grant
            ? [{ personId: p._id, name: p.name, role: grant.role, callName: p.callName }]
            : [];
        }),
        services,
        articles: this.articles,
      },
      this.wits,
    );
  }
}
