import type { ClientSession } from 'mongoose';
import type { BundleCard, ChecklistRow, ServiceRow } from '@alley-chief/shared/contract';
import type { CardRegistry } from '../../cards/registry';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import type { ServiceDoc, ServiceModels } from './model';
import { missingOf, presentBundle, presentServiceRow, rowsOf, type Stand } from './present';
import { searchBundles, type Hit } from './search';
import type { Bundle } from './types';

export interface ServiceDeps {
  models: ServiceModels;
  cards: CardRegistry;
}

/** Tells which booking a household holds for a service; the booking module brings it. */
export interface BookingLookup {
  openBooking(householdId: string, serviceId: string): Promise<string | undefined>;
}

/** Offered under an empty search box; a test keeps every one of them findable. */
export const oftenAsked = ['生了娃要办啥', '孩子上学', '宅基地翻盖', '看病报销', '办退休'];

const checklistId = (householdId: string, serviceId: string): string =>
  `${householdId}:${serviceId}`;

/** The catalogue of service bundles and each household's checklist. */
export class ServiceService {
  private bookings: BookingLookup = { openBooking: async () => undefined };

  constructor(private readonly deps: ServiceDeps) {
    deps.cards.register('bundle', {
      load: async (ids) => {
        const refs = ids.map((id) => ({ id, ...parseBundleRef(id) }));
        const found = await deps.models.services
          .find({ _id: { $in: refs.map((r) => r.serviceId) } })
          .lean();
        const byId = new Map(found.map((s) => [s._id, s]));
        return new Map(
          refs.flatMap(({ id, serviceId, householdId }) => {
            const service = byId.get(serviceId);
            return service
              ? [[id, (v: Viewer) => this.cardOf(service, householdId, v.householdId)] as const]
              : [];
          }),
        );
      },
    });
  }

  useBookings(lookup: BookingLookup): void {
    this.bookings = lookup;
  }

  /** Writes the catalogue; bundles that were there before keep their households' checklists. */
  async importBundles(
    bundles: readonly Bundle[],
    words: Readonly<Record<string, readonly string[]>> = {},
  ): Promise<void> {
    await this.deps.models.services.bulkWrite(
      bundles.map(({ id, ...rest }, position) => ({
        replaceOne: {
          filter: { _id: id },
          replacement: {
            ...rest,
            co: [...rest.co],
            sample: rest.sample ?? true,
            words: [...(words[id] ?? rest.words ?? [])],
            position,
          } as never,
          upsert: true,
        },
      })),
    );
  }

  /** @throws AppError notFound */
  async get(serviceId: string): Promise<ServiceDoc> {
    const service = await this.deps.models.services.findById(serviceId).lean();
    if (!service) throw new AppError('notFound');
    return service;
  }

  /** Bundles that fit what somebody said, best first; few dozen documents, scored in memory. */
  async find(text: string, limit = 5): Promise<Hit[]> {
    const all = await this.deps.models.services.find().sort({ position: 1 }).lean();
    return searchBundles(text, all.map(searchable)).slice(0, limit);
  }

  /** Names and the words people use for them, for the understanding. */
  async named(): Promise<{ serviceId: string; name: string; words: string[] }[]> {
    const all = await this.deps.models.services.find().sort({ position: 1 }).lean();
    return all.map((s) => ({ serviceId: s._id, name: s.name, words: [...(s.words ?? [])] }));
  }

  /** The catalogue, or what fits `q`. The cursor is a position in the list. */
  async search(page: {
    q?: string;
    audience?: 'person' | 'enterprise';
    cursor?: string;
    limit: number;
  }): Promise<{ items: ServiceRow[]; nextCursor?: string; often: string[] }> {
    const all = await this.deps.models.services
      .find(page.audience ? { audience: page.audience } : {})
      .sort({ position: 1 })
      .lean();
    const byId = new Map(all.map((s) => [s._id, s]));
    const found = page.q
      ? searchBundles(page.q, all.map(searchable)).flatMap((h) => byId.get(h.id) ?? [])
      : all;
    const from = /^\d{1,6}$/.test(page.cursor ?? '') ? Number(page.cursor) : 0;
    const until = from + page.limit;
    return {
      items: found.slice(from, until).map(presentServiceRow),
      nextCursor: found.length > until ? String(until) : undefined,
      often: oftenAsked,
    };
  }

  /** @throws AppError notFound */
  async card(serviceId: string, householdId: string | undefined): Promise<BundleCard> {
    return this.cardOf(await this.get(serviceId), householdId, householdId);
  }

  /** Ticks a material on or off: one atomic write, whoever of the family ticks at the same time. */
  async tick(
    serviceId: string,
    material: string,
    householdId: string,
    done: boolean,
  ): Promise<BundleCard> {
    const service = await this.get(serviceId);
    const known = service.materials.find((m) => m.key === material);
    if (!known) throw new AppError('notFound');
    if (!known.waivedByELicence) {
      await this.deps.models.checklists.updateOne(
        { _id: checklistId(householdId, serviceId) },
        {
          $set: { [`done.${material}`]: done },
          $inc: { rev: 1 },
          $setOnInsert: { householdId, serviceId },
        },
        { upsert: true },
      );
    }
    return this.cardOf(service, householdId, householdId);
  }

  /** What a household still has to find for a service. @throws AppError notFound */
  async missing(serviceId: string, householdId: string): Promise<ChecklistRow[]> {
    const [service, checklist] = await Promise.all([
      this.get(serviceId),
      this.checklist(householdId, serviceId),
    ]);
    return missingOf(rowsOf(service, checklist?.done ?? {}));
  }

  /** Moves the bundle card on, in the transaction that changes the household's booking. */
  async touch(session: ClientSession, householdId: string, serviceId: string): Promise<void> {
    await this.deps.models.checklists.updateOne(
      { _id: checklistId(householdId, serviceId) },
      { $inc: { rev: 1 }, $setOnInsert: { householdId, serviceId, done: {} } },
      { upsert: true, session },
    );
  }

  /** The household's card; only the household itself can act on it. */
  private async cardOf(
    service: ServiceDoc,
    householdId: string | undefined,
    viewerHousehold: string | undefined,
  ): Promise<BundleCard> {
    if (!householdId) return presentBundle(service, undefined);
    const [checklist, bookingId] = await Promise.all([
      this.checklist(householdId, service._id),
      this.bookings.openBooking(householdId, service._id),
    ]);
    const own = householdId === viewerHousehold;
    const stand: Stand = { householdId, checklist, bookingId, own };
    return presentBundle(service, stand);
  }

  private async checklist(householdId: string, serviceId: string): Promise<Stand['checklist']> {
    const found = await this.deps.models.checklists
      .findById(checklistId(householdId, serviceId))
      .lean();
    return found ?? undefined;
  }
}

/** A bundle in a thread is that household's: a chief who reads along sees their list, not his own. */
export const bundleRef = (
  serviceId: string,
  householdId: string,
): { type: string; id: string } => ({
  type: 'bundle',
  id: `${serviceId}.${householdId}`,
});

const parseBundleRef = (id: string): { serviceId: string; householdId?: string } => {
  const dot = id.indexOf('.');
  return dot < 0
    ? { serviceId: id }
    : { serviceId: id.slice(0, dot), householdId: id.slice(dot + 1) };
};

const searchable = (s: ServiceDoc): { id: string; name: string; words: string[] } => ({
  id: s._id,
  name: s.name,
  words: s.words,
});
