import { Schema, type Connection, type Model } from 'mongoose';
import { areaKinds, roles, type AreaKind, type RoleGrant } from '@alley-chief/shared/domain';
import type { Leave, Responsibility, Shift } from '../../routing/types';

export interface AreaDoc {
  _id: string;
  kind: AreaKind;
  name: string;
  /** Materialised path, `/xc/dj/lg/`: one prefix match is the whole scope check. */
  path: string;
  parentId?: string;
  polygon?: { type: 'Polygon'; coordinates: number[][][] };
  households: number;
}

export interface UnitDoc {
  _id: string;
  name: string;
  areaPath: string;
}

export interface HouseholdDoc {
  _id: string;
  areaPath: string;
  alleyId: string;
  doorNo: number;
  plate: string;
  name: string;
  note: string;
  location: { type: 'Point'; coordinates: [number, number] };
}

export interface PersonDoc {
  _id: string;
  name: string;
  surname: string;
  callName: string;
  gender: 'f' | 'm';
  birthYear: number;
  householdId?: string;
  relation?: string;
  /** Encrypted; see kernel/fieldCrypto. */
  phoneSealed?: string;
  phoneIndex?: string;
  elderMode: boolean;
  roles: RoleGrant[];
}

export type ShiftDoc = Shift & { _id: string };
export type LeaveDoc = Leave & { _id: string; clientId?: string };
export type ResponsibilityDoc = Responsibility & { _id: string };

/** A spot people name that the directory does not; removed ones stay, with who removed them. */
export interface LandmarkDoc {
  _id: string;
  name: string;
  aliases: string[];
  areaId: string;
  areaPath: string;
  /** Absent once removed: a name may then be given again. */
  live?: true;
  addedById: string;
  addedAt: Date;
  clientId?: string;
  removedById?: string;
  removedAt?: Date;
}

/** Counts directory changes, so that every node knows when its copy is stale. */
export interface DirectoryVersionDoc {
  _id: 'directory';
  n: number;
}

export interface DirectoryModels {
  areas: Model<AreaDoc>;
  units: Model<UnitDoc>;
  households: Model<HouseholdDoc>;
  people: Model<PersonDoc>;
  shifts: Model<ShiftDoc>;
  leaves: Model<LeaveDoc>;
  responsibilities: Model<ResponsibilityDoc>;
  landmarks: Model<LandmarkDoc>;
  versions: Model<DirectoryVersionDoc>;
}

const opts = { versionKey: false as const, autoIndex: false };
const text = { type: String, required: true };

export const defineDirectory = (db: Connection): DirectoryModels => {
  const area = new Schema<AreaDoc>(
    {
      _id: String,
      kind: { type: String, enum: areaKinds, required: true },
      name: text,
      path: text,
      parentId: String,
      polygon: { type: Schema.Types.Mixed },
      households: { type: Number, default: 0 },
    },
    opts,
  );
  area.index({ path: 1 }, { unique: true });
  area.index({ parentId: 1, _id: 1 });

  const unit = new Schema<UnitDoc>({ _id: String, name: text, areaPath: text }, opts);

  const household = new Schema<HouseholdDoc>(
    {
      _id: String,
      areaPath: text,
      alleyId: text,
      doorNo: { type: Number, required: true },
      plate: text,
      name: text,
      note: { type: String, default: '' },
      location: { type: Schema.Types.Mixed, required: true },
    },
    opts,
  );
  household.index({ areaPath: 1, doorNo: 1 });

  const person = new Schema<PersonDoc>(
    {
      _id: String,
      name: text,
      surname: text,
      callName: text,
      gender: { type: String, enum: ['f', 'm'] },
      birthYear: Number,
      householdId: String,
      relation: String,
      phoneSealed: String,
      phoneIndex: String,
      elderMode: { type: Boolean, default: false },
      roles: [
        { _id: false, role: { type: String, enum: roles }, areaPath: String, unitId: String },
      ],
    },
    opts,
  );
  person.index({ householdId: 1 });
  person.index({ 'roles.areaPath': 1, 'roles.role': 1 });
  // Staff are few among all the people.
  person.index({ 'roles.role': 1 }, { sparse: true });
  person.index({ phoneIndex: 1 }, { sparse: true });

  const shift = new Schema<ShiftDoc>(
    {
      _id: String,
      personId: text,
      weekdays: [Number],
      fromMinute: Number,
      untilMinute: Number,
      label: { type: String, default: '' },
    },
    opts,
  );
  shift.index({ personId: 1 });

  const leave = new Schema<LeaveDoc>(
    { _id: String, personId: text, from: Date, until: Date, standInId: String, clientId: String },
    opts,
  );
  leave.index({ personId: 1, until: 1 });
  leave.index({ until: 1 });
  leave.index(
    { personId: 1, clientId: 1 },
    { unique: true, partialFilterExpression: { clientId: { $exists: true } } },
  );

  const responsibility = new Schema<ResponsibilityDoc>(
    {
      _id: String,
      category: text,
      areaPath: text,
      handler: { type: Schema.Types.Mixed, required: true },
      dutyNo: String,
      dutyName: String,
      kind: { type: String, enum: ['basic', 'cooperative', 'reclaimed'] },
      limitHours: Number,
    },
    opts,
  );
  responsibility.index({ category: 1, areaPath: 1 }, { unique: true });

  const landmark = new Schema<LandmarkDoc>(
    {
      _id: String,
      name: text,
      aliases: [String],
      areaId: text,
      areaPath: text,
      live: Boolean,
      addedById: text,
      addedAt: { type: Date, required: true },
      clientId: String,
      removedById: String,
      removedAt: Date,
    },
    opts,
  );
  landmark.index(
    { areaPath: 1, name: 1 },
    { unique: true, partialFilterExpression: { live: { $exists: true } } },
  );
  landmark.index(
    { addedById: 1, clientId: 1 },
    { unique: true, partialFilterExpression: { clientId: { $exists: true } } },
  );

  const version = new Schema<DirectoryVersionDoc>({ _id: String as never, n: Number }, opts);

  return {
    areas: db.model<AreaDoc>('Area', area, 'areas'),
    units: db.model<UnitDoc>('Unit', unit, 'units'),
    households: db.model<HouseholdDoc>('Household', household, 'households'),
    people: db.model<PersonDoc>('Person', person, 'people'),
    shifts: db.model<ShiftDoc>('Shift', shift, 'shifts'),
    leaves: db.model<LeaveDoc>('Leave', leave, 'leaves'),
    responsibilities: db.model<ResponsibilityDoc>(
      'Responsibility',
      responsibility,
      'responsibilities',
    ),
    landmarks: db.model<LandmarkDoc>('Landmark', landmark, 'landmarks'),
    versions: db.model<DirectoryVersionDoc>('DirectoryVersion', version, 'directoryVersions'),
  };
};
