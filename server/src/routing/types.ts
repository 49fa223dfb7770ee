import type { CategoryCode, Role } from '@alley-chief/shared/domain';

/** A person as routing sees them. */
export interface Candidate {
  personId: string;
  name: string;
  role: Role;
  areaPath: string;
  unitId?: string;
  unitName?: string;
  /** Open cases in hand. */
  load: number;
  /** Lets the villager's sentence say 他 or 她; the name is used without it. */
  gender?: 'f' | 'm';
  /** What neighbours say, e.g. 王婶; the name is used without it. */
  callName?: string;
}

/** Who is responsible for a category on a ground (履职事项清单). The most specific scope wins. */
export interface Responsibility {
  category: CategoryCode;
  /** Area the rule holds for. */
  areaPath: string;
  /** Who handles it: a role on the ground, or a unit's staff. */
  handler: { role: Role } | { role: 'unitStaff'; unitId: string; unitName: string };
  /** Number in the duty list, shown as the reason. */
  dutyNo: string;
  dutyName: string;
  kind: 'basic' | 'cooperative' | 'reclaimed';
  limitHours?: number;
}

/**
 * On duty from..until (Shanghai wall time, minutes of the day) on these weekdays (0 = Sunday). The
 * end is not included. A shift that does not end after its start runs into the next day.
 */
export interface Shift {
  personId: string;
  weekdays: number[];
  fromMinute: number;
  untilMinute: number;
  /** Shown to the villager, e.g. 今晚值班. */
  label: string;
}

export interface Leave {
  personId: string;
  from: Date;
  until: Date;
  standInId?: string;
}

/** The part of the directory that can matter to one case. Plain data. */
export interface DirectorySnapshot {
  people: Candidate[];
  responsibilities: Responsibility[];
  shifts: Shift[];
  leaves: Leave[];
  /** personId -> people who are kin or otherwise party with them. */
  kin: Record<string, string[]>;
  /** By area path. */
  areaNames: Record<string, string>;
}

/** What is to be routed. */
export interface RoutingMatter {
  category: CategoryCode;
  categoryConfidence: number;
  alternatives: { label: CategoryCode; probability: number }[];
  /** Words that decided the category. */
  evidence: string[];
  /** What a large model said of it, when one was asked. */
  secondOpinion?: { category: CategoryCode; agrees: boolean };
  /** Ground the matter is on, and how it is known. */
  areaPath: string;
  placeSource: 'named' | 'located' | 'home';
  placeText: string;
  reporterId: string;
  householdMemberIds: string[];
  /** Never assigned, never informed. */
  against: string[];
  confidential: boolean;
  emergency: boolean;
  /** Somebody is hurt where neighbours must not look: see `Care` of the understanding. */
  care?: boolean;
  /** People who already had it (passed up, returned): not again. */
  excluded: string[];
}

export interface RoutingReason {
  kind: 'what' | 'where' | 'whose' | 'onDuty' | 'notChosen' | 'fallback';
  text: string;
  evidence: string;
}

export interface RoutingDecision {
  /** Always somebody. */
  assignee: Candidate;
  /** Id of the person the assignee stands in for. */
  standInFor?: string;
  /** The next in line, for passing up and for escalation; ends at the city duty desk. */
  chain: string[];
  /** Told at once besides the assignee (emergencies: grid leader, duty desk, chief). */
  notify: Candidate[];
  /** Not sure what it is: the assignee is who decides (chief or duty desk), not who handles. */
  undecided: boolean;
  /** Internal reasons, complete, for staff. */
  reasons: RoutingReason[];
  /** One sentence for the villager: whose duty, why this person now. */
  sentence: string;
  limitHours: number;
  unitName?: string;
}

/** Below this the category is put to a person. */
export const decideThreshold = 0.8;
