/** A service bundle (一件事) as a city imports it. */
export interface Bundle {
  id: string;
  /** Official name, without 一件事. */
  name: string;
  audience: 'person' | 'enterprise';
  /** Department that leads, e.g. 卫生健康. */
  lead: string;
  co: readonly string[];
  /** Working days promised; absent when the guide does not say. */
  promisedWorkingDays?: number | null;
  materials: readonly Material[];
  linkedMatters: readonly LinkedMatter[];
  /** The guide's contents are known; otherwise only name and department are. */
  hasGuide: boolean;
  trips: number;
  /** In plain words, e.g. 不收费. */
  fee: string;
  /** A restriction worth knowing before setting out. */
  note?: string;
  /** Taken from another place's guide: to be replaced by the city's own. Absent: yes. */
  sample?: boolean;
  /** Words people use for it. */
  words?: readonly string[];
}

export interface Material {
  /** Part of a field path in the checklist: letters, digits, `-` and `_` only. */
  key: string;
  name: string;
  necessity: 'required' | 'optional' | 'deferrable';
  /** The office sees it in its own system (免交). */
  waivedByELicence: boolean;
  /** Where to get it, in plain words; may be empty. */
  hint: string;
}

export interface LinkedMatter {
  name: string;
  unit?: string;
  /** Working days. */
  days?: number | null;
}
