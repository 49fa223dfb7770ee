import { ConversationService } from '../conversation/service';
import type { HouseholdDoc, PersonDoc } from '../directory/model';
import type { DirectoryService } from '../directory/service';

/** Keeps the members of household threads in step with the directory. */
export class HouseholdThreads {
  constructor(
    private readonly conversations: ConversationService,
    private readonly directory: DirectoryService,
  ) {}

  /** Family, the alley's chief, and the chief's stand-in while there is one. */
  async refresh(household: HouseholdDoc, family: readonly PersonDoc[]): Promise<void> {
    const index = await this.directory.staff();
    const chiefs = [...index.people.values()].filter((p) =>
      p.roles.some((g) => g.role === 'alleyChief' && household.areaPath.startsWith(g.areaPath)),
    );
    const now = await this.directory.chiefOf(household.areaPath);
    const members = new Set([...family, ...chiefs, ...(now ? [now] : [])].map((p) => p._id));
    await this.conversations.ensure({
      _id: ConversationService.householdThread(household._id),
      kind: 'household',
      householdId: household._id,
      areaPath: household.areaPath,
      title: household.name,
      subtitle: household.note || `${family.length} 口人`,
      plate: household.plate,
      memberIds: [...members],
    });
  }

  /** Every household; repeatable, used after an import. */
  async refreshAll(): Promise<void> {
    const households = await this.directory.householdsIn('/');
    const family = await this.directory.families();
    for (let i = 0; i < households.length; i += 50) {
      await Promise.all(
        households.slice(i, i + 50).map((h) => this.refresh(h, family.get(h._id) ?? [])),
      );
    }
  }
}
