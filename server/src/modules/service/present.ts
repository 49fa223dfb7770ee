import type {
  BundleCard,
  CardAction,
  ChecklistRow,
  ServiceRow,
} from '@alley-chief/shared/contract';
import type { ChecklistDoc, ServiceDoc } from './model';
import type { Material } from './types';

/** A household's stand with one service; absent for viewers without a household. */
export interface Stand {
  checklist?: Pick<ChecklistDoc, 'done' | 'rev'>;
  /** The open booking, if any. */
  bookingId?: string;
  householdId: string;
  /** The viewer is of this household. */
  own: boolean;
}

const order: ChecklistRow['need'][] = ['required', 'deferrable', 'optional', 'waived'];

const hintFor: Record<ChecklistRow['need'], string> = {
  required: '缺了办不成',
  deferrable: '先办着，过后补上就行',
  optional: '有就带上，没有也能办',
  waived: '系统里有，不用您带',
};

const rowOf = (m: Material, done: Record<string, boolean>): ChecklistRow => {
  const need = m.waivedByELicence ? 'waived' : m.necessity;
  return {
    key: m.key,
    name: m.name,
    hint: need === 'waived' ? hintFor.waived : m.hint || hintFor[need],
    need,
    done: need === 'waived' || done[m.key] === true,
  };
};

/** Rows in the order a household needs to read them: what it cannot do without first. */
export const rowsOf = (service: ServiceDoc, done: Record<string, boolean>): ChecklistRow[] =>
  service.materials
    .map((m) => rowOf(m, done))
    .sort((a, b) => order.indexOf(a.need) - order.indexOf(b.need));

/** What must still be found: required and not ready. */
export const missingOf = (rows: readonly ChecklistRow[]): ChecklistRow[] =>
  rows.filter((r) => r.need === 'required' && !r.done);

/** Says only what the data holds: nothing is promised for a bundle whose guide is not there yet. */
export const summaryOf = (s: ServiceDoc): string => {
  if (!s.hasGuide) {
    return `要带什么、几天办完，我们还没拿到清单。这事归${s.lead}管，先问胡同长，或约个时间到便民中心当面问。`;
  }
  const parts = [
    s.linkedMatters.length > 1 ? `${s.linkedMatters.length} 件一起办` : '',
    `跑 ${s.trips} 趟`,
    s.promisedWorkingDays ? `${s.promisedWorkingDays} 个工作日办完` : '',
  ];
  const facts = parts.filter(Boolean).join('，');
  return s.note ? `${facts}。${s.note}` : facts;
};

const actionsOf = (s: ServiceDoc, stand: Stand | undefined): CardAction[] => {
  const look: CardAction = {
    action: 'open:service',
    label: s.hasGuide ? '看要带什么' : '看看怎么办',
    style: 'outline',
    needs: [],
    target: s._id,
  };
  if (!stand?.own) return [look];
  const go: CardAction = stand.bookingId
    ? {
        action: 'open:booking',
        label: '看我的号',
        style: 'filled',
        needs: [],
        target: stand.bookingId,
      }
    : { action: 'open:slots', label: '选个时间去办', style: 'filled', needs: [], target: s._id };
  return [go, look];
};

/** The bundle with a household's checklist; without a household nothing is ticked or booked. */
export const presentBundle = (s: ServiceDoc, stand: Stand | undefined): BundleCard => {
  const rows = rowsOf(s, stand?.checklist?.done ?? {});
  // 备好 4 / 6 counts what cannot be missing; what may come later does not hold anybody up.
  const needed = rows.filter((r) => r.need === 'required' || r.need === 'waived');
  return {
    id: stand ? `${s._id}.${stand.householdId}` : s._id,
    rev: stand?.checklist?.rev ?? 0,
    type: 'bundle',
    serviceId: s._id,
    title: `${s.name}一件事`,
    summary: summaryOf(s),
    trips: s.trips,
    workingDays: s.promisedWorkingDays ?? undefined,
    fee: s.hasGuide ? s.fee : '收不收费，问过窗口才算',
    rows,
    ready: needed.filter((r) => r.done).length,
    total: needed.length,
    linkedMatters: s.linkedMatters.map((m) => ({
      name: m.name,
      unit: m.unit,
      days: m.days ?? undefined,
    })),
    sample: s.sample,
    bookingId: stand?.bookingId,
    actions: actionsOf(s, stand),
  };
};

export const presentServiceRow = (s: ServiceDoc): ServiceRow => ({
  id: s._id,
  name: s.name,
  audience: s.audience,
  lead: s.lead,
  summary: summaryOf(s),
  hasGuide: s.hasGuide,
});
