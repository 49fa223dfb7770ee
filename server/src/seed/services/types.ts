/** How much a material is needed, as the guides code it: 必要, 容缺 (may follow), 非必要. */
export type Necessity = 'required' | 'deferrable' | 'optional';

export interface ServiceMaterial {
  /** Unique within its bundle; part of an address, so ASCII. */
  key: string;
  name: string;
  necessity: Necessity;
  /** 免交: read from electronic licences, not to be brought. */
  waivedByELicence: boolean;
  /** Where to get it, in plain words. */
  hint: string;
}

/** A matter that is done along with the others (联办事项). */
export interface LinkedMatter {
  name: string;
  unit?: string;
  /** Working days, where the guide tells. */
  days?: number;
}

/** A service bundle (一件事). */
export interface ServiceBundle {
  id: string;
  name: string;
  audience: 'person' | 'enterprise';
  /** Department that leads. */
  lead: string;
  /** Departments that take part. */
  co: string[];
  /** Absent where no guide was at hand. */
  promisedWorkingDays?: number;
  materials: ServiceMaterial[];
  linkedMatters: LinkedMatter[];
  /** Contents are known; otherwise only the name is, and the desk has to be asked. */
  hasGuide: boolean;
  trips: number;
  fee: string;
  /** Published elsewhere or assumed: to be replaced by the city's own guide. */
  sample: boolean;
  /** A restriction worth knowing before setting out. */
  note?: string;
}
