import type { CaseActionBody } from '@alley-chief/shared/contract';
import type { CaseAction } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import type { DirectoryService } from '../directory/service';
import { dueFrom, holderFrom } from './build';
import { carriedFrom } from './event/carried';
import type { EventEffects } from './event/effects';
import { matchKeyOf, storedReport } from './event/match';
import type { CaseDoc, Holder } from './model';
import { requestOf, type CaseRouter } from './routing';

export interface ChangeDeps {
  router: CaseRouter;
  directory: DirectoryService;
  effects: EventEffects;
}

type Changes = Partial<CaseDoc>;

/** What each step makes of a case. Reads what it needs, writes nothing. */
export class StepChanges {
  constructor(private readonly deps: ChangeDeps) {}

  /** Fields a step changes beyond state, revision and timeline. */
  async of(
    c: CaseDoc,
    action: CaseAction,
    viewer: Viewer,
    body: CaseActionBody,
    now: Date,
  ): Promise<Changes> {
    switch (action) {
      case 'decide': {
        const category = body.category as CaseDoc['category'];
        return this.recategorise(c, category, viewer, now);
      }
      case 'reclassify': {
        const category = body.category as CaseDoc['category'];
        if (category === c.category) {
          throw new AppError('invalid', { field: 'category' }, '这件事现在就是这一类，换一类再交');
        }
        return this.recategorise(c, category, viewer, now);
      }
      case 'join': {
        const lead = await this.deps.effects.leadFor(c, body.caseId!, viewer);
        return { ...carriedFrom(lead), leadId: lead._id, reporters: undefined, asking: [] };
      }
      case 'split':
        return this.reroute(c, [], now, { leadId: undefined, leadState: undefined });
      case 'passUp':
        return this.reroute(c, [c.holder.personId], now);
      case 'takeOver':
        return {
          holder: holderOf(viewer, 'alleyChief', now),
          sentence: `${viewer.callName}是您的胡同长，先由${viewer.callName}来办。`,
        };
      case 'reassign':
        return this.toPerson(c, body.personId!, now);
      case 'resolve':
        return {
          resolvedAt: now,
          resultText: body.text,
          resultPhotos: body.fileIds ?? [],
        };
      case 'rate':
        return {
          closedAt: now,
          rating: {
            stars: body.stars!,
            tags: body.tags ?? [],
            ...(body.text ? { text: body.text } : {}),
          },
        };
      case 'reopen':
        // Not solved here, whatever the neighbours say: it goes on alone.
        return {
          dueAt: dueFrom(now, Math.ceil(c.limitHours / 2)),
          resolvedAt: undefined,
          leadId: undefined,
        };
      case 'nudge':
        return { nudgedAt: now };
      case 'addPhoto':
        return { photos: [...c.photos, ...(body.fileIds ?? [])].slice(0, 30) };
      case 'withdraw':
        return { closedAt: now, leadState: undefined, reporters: undefined };
      case 'dismiss':
        return { closedAt: now };
      default:
        return {};
    }
  }

  /** What a person says it is outweighs every guess, and is a lesson for the next one. */
  private async recategorise(
    c: CaseDoc,
    category: CaseDoc['category'],
    viewer: Viewer,
    now: Date,
  ): Promise<Changes> {
    const decided = { ...c, category, categoryConfidence: 1 };
    const changes = await this.reroute(decided, [], now, {
      category,
      categoryConfidence: 1,
      matchKey: matchKeyOf(storedReport(decided)),
      ...(c.confidential || category === 'other.unclear'
        ? {}
        : { lesson: { category, byId: viewer.personId, at: now } }),
    });
    // Who had it may go on reading it, and is not asked a second time; unless it is theirs after all.
    const moved = c.state !== 'sorting' && changes.holder?.personId !== c.holder.personId;
    return moved
      ? { ...changes, excluded: [...new Set([...c.excluded, c.holder.personId])] }
      : changes;
  }

  private async reroute(
    c: CaseDoc,
    exclude: string[],
    now: Date,
    extra: Changes = {},
  ): Promise<Changes> {
    const excluded = [...new Set([...c.excluded, ...exclude])];
    const decision = await this.deps.router.decide({ ...requestOf(c), excluded });
    return {
      ...extra,
      excluded,
      holder: holderFrom(decision, now),
      chain: decision.chain,
      sentence: decision.sentence,
      reasons: decision.reasons,
      limitHours: decision.limitHours,
      // Passing on never buys time: the promise to the villager stands, unless nothing was promised
      // yet, or it was promised for a neighbour's matter.
      dueAt:
        c.state === 'sorting' || c.state === 'joined' ? dueFrom(now, decision.limitHours) : c.dueAt,
    };
  }

  private async toPerson(c: CaseDoc, personId: string, now: Date): Promise<Changes> {
    if (c.against.includes(personId)) {
      throw new AppError('invalid', { field: 'personId' }, '这件事说的就是他，不能派给他');
    }
    const { directory } = this.deps;
    const person = await directory.person(personId);
    const grant = person.roles.find((g) => g.role !== 'resident' && g.role !== 'volunteer');
    if (!grant) throw new AppError('invalid', { field: 'personId' }, '他不是办事的人，换一个');
    const title = await directory.titleOf(person);
    return {
      excluded: [...new Set([...c.excluded, c.holder.personId])],
      holder: {
        personId,
        name: person.name,
        role: grant.role,
        unitName: grant.unitId ? title : undefined,
        since: now,
      },
      sentence: `治理中心定的，由${title}${person.name}来办。`,
    };
  }
}

const holderOf = (viewer: Viewer, role: Holder['role'], now: Date): Holder => ({
  personId: viewer.personId,
  name: viewer.name,
  role,
  since: now,
});
