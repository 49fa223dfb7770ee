import type { AreaKind, RoleGrant } from '@alley-chief/shared/domain';
import type { Leave, Responsibility, Shift } from '../../routing/types';

/** [longitude, latitude], WGS-84. */
export type Position = [number, number];

/** A piece of ground. `path` is materialised: the parent's path plus one segment. */
export interface Area {
  id: string;
  kind: AreaKind;
  name: string;
  path: string;
  /** Absent for the city only. */
  parentId?: string;
  /** GeoJSON polygon coordinates: one closed ring, counter-clockwise. */
  polygon: Position[][];
}

/** A department, station or company whose staff handle matters. */
export interface Unit {
  id: string;
  name: string;
  /** The ground it serves. */
  areaPath: string;
}

export interface Household {
  id: string;
  /** Path of its alley. */
  areaPath: string;
  alleyId: string;
  doorNo: number;
  /** 槐树胡同 7 号 */
  plate: string;
  /** 赵家, or 张奶奶 for somebody who lives alone. */
  name: string;
  /** 独居 81 岁, or empty. */
  note: string;
  /** Lies inside the alley's polygon. */
  location: Position;
}

export interface Person {
  id: string;
  name: string;
  surname: string;
  /** What neighbours call them, e.g. 王婶. */
  callName: string;
  gender: 'f' | 'm';
  birthYear: number;
  /** Absent for people who work in the town without living there. */
  householdId?: string;
  /** To the head of the household: 户主, 老伴, 儿子 … Empty without a household. */
  relation: string;
  phone: string;
  elderMode: boolean;
  roles: RoleGrant[];
  /** 胡同长, 镇电工班 …; absent for residents. */
  title?: string;
}

/** Somebody to be in demo mode; `id` is the person's. */
export interface Persona {
  id: string;
  label: string;
  line: string;
  tone: 'chief' | 'household' | 'worker' | 'volunteer';
  home: 'chat' | 'inbox' | 'queue' | 'help' | 'desk';
  elder: boolean;
  featured: boolean;
}

/** Everything the demo starts with. Fictional throughout. */
export interface TownData {
  name: string;
  /** To be shown wherever a visitor might take the town for real. */
  notice: string;
  areas: Area[];
  units: Unit[];
  households: Household[];
  people: Person[];
  shifts: Shift[];
  leaves: Leave[];
  responsibilities: Responsibility[];
  personas: Persona[];
}
