import type { Model } from 'mongoose';
import type { HelpCard } from '@alley-chief/shared/contract';
import type { CardSource } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { local } from '../../kernel/localTime';
import type { PersonDoc } from '../directory/model';
import type { DirectoryService } from '../directory/service';
import { metresBetween } from './distance';
import type { HelpDoc } from './model';
import { neighbourName, presentHelp, type HelpFacts } from './present';
import { maySee, relationOf } from './relation';

export const ageOf = (p: PersonDoc, now: Date): number => local(now).year() - p.birthYear;

/** Makes help cards, each as its viewer may see it. */
export class HelpCards implements CardSource {
  constructor(
    private readonly deps: { model: Model<HelpDoc>; directory: DirectoryService; clock: Clock },
  ) {}

  async load(
    ids: string[],
  ): Promise<Map<string, (viewer: Viewer) => Promise<HelpCard | undefined>>> {
    const found = await this.deps.model.find({ _id: { $in: ids } }).lean();
    const facts = await this.facts(found);
    return new Map(
      found.map((h) => [
        h._id,
        async (viewer) => this.show(h, facts, viewer, await this.homeOf(viewer)),
      ]),
    );
  }

  /** Cards of those the viewer may see, in the given order. */
  async cards(docs: readonly HelpDoc[], viewer: Viewer): Promise<HelpCard[]> {
    const [facts, home] = await Promise.all([this.facts(docs), this.homeOf(viewer)]);
    return docs.flatMap((h) => this.show(h, facts, viewer, home) ?? []);
  }

  /** @throws AppError forbidden */
  async card(h: HelpDoc, viewer: Viewer): Promise<HelpCard> {
    const [card] = await this.cards([h], viewer);
    if (!card) throw new AppError('forbidden');
    return card;
  }

  private async facts(docs: readonly HelpDoc[]): Promise<Map<string, HelpFacts>> {
    const { directory, clock } = this.deps;
    const ids = docs.flatMap((h) => [h.elderId, ...(h.volunteerId ? [h.volunteerId] : [])]);
    const people = await directory.people([...new Set(ids)]);
    const facts = new Map<string, HelpFacts>();
    for (const h of docs) {
      const elder = people.get(h.elderId);
      const volunteer = h.volunteerId ? people.get(h.volunteerId) : undefined;
      if (!elder) continue;
      const age = ageOf(elder, clock.now());
      facts.set(h._id, {
        elder: { ...directory.tile(elder, '', true), callName: neighbourName({ ...elder, age }) },
        elderAge: age,
        volunteer: volunteer && directory.tile(volunteer, '志愿者', true),
      });
    }
    return facts;
  }

  /** Where the viewer sets out from. */
  private async homeOf(viewer: Viewer): Promise<readonly number[] | undefined> {
    if (!viewer.householdId || !viewer.grants.some((g) => g.role === 'volunteer')) return undefined;
    return (await this.deps.directory.household(viewer.householdId)).location.coordinates;
  }

  private show(
    h: HelpDoc,
    facts: Map<string, HelpFacts>,
    viewer: Viewer,
    home: readonly number[] | undefined,
  ): HelpCard | undefined {
    const r = relationOf(h, viewer);
    const known = facts.get(h._id);
    if (!known || !maySee(r)) return undefined;
    const far = home && !r.home ? metresBetween(h.home, home) : undefined;
    return presentHelp(h, known, r, far);
  }
}
