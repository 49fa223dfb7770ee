import { z } from 'zod';
import { endpoint } from './endpoint';
import { personTile } from './cards';
import { clientId, id, isoTime, pageOf, pageQuery } from './primitives';
import { areaKinds } from '../domain/areas';
import { roles, staffRoles } from '../domain/roles';

/** A household as its chief's inbox shows it. */
export const inboxRow = z.object({
  householdId: id,
  conversationId: id,
  plate: z.string(),
  /** 赵家, 张奶奶 */
  name: z.string(),
  /** 独居 81 岁 */
  note: z.string(),
  lastText: z.string(),
  lastAt: isoTime.optional(),
  /** Somebody of the household spoke last and waits since then. */
  waitingSince: isoTime.optional(),
  unread: z.number().int(),
  urgent: z.boolean(),
  /** For an urgent household: which number to dial, and the open emergency's case. */
  dial: z.string().optional(),
  caseId: id.optional(),
  phone: z.string().optional(),
});
export type InboxRow = z.infer<typeof inboxRow>;

const householdView = z.object({
  id,
  plate: z.string(),
  name: z.string(),
  note: z.string(),
  areaName: z.string(),
  conversationId: id,
  members: z.array(
    z.object({
      person: personTile,
      relation: z.string(),
      age: z.number().int().optional(),
      elder: z.boolean(),
    }),
  ),
});
export type HouseholdView = z.infer<typeof householdView>;

const areaView = z.object({
  id,
  kind: z.enum(areaKinds),
  name: z.string(),
  path: z.string(),
  parentId: id.optional(),
  households: z.number().int(),
  /** GeoJSON polygon ring(s), WGS-84. */
  polygon: z.array(z.array(z.tuple([z.number(), z.number()]))).optional(),
});

/** What the importer says of a file: all lines or none are taken. */
export const importReport = z.object({
  kind: z.string(),
  lines: z.number().int(),
  imported: z.number().int(),
  errors: z.array(z.object({ line: z.number().int(), message: z.string() })),
});
export type ImportReport = z.infer<typeof importReport>;

export const importKinds = [
  'areas',
  'units',
  'households',
  'people',
  'shifts',
  'responsibilities',
] as const;

export const directoryEndpoints = {
  'GET /inbox': endpoint({
    operationId: 'getInbox',
    summary: "The alley chief's households: urgent and longest waiting first",
    access: ['alleyChief'],
    query: pageQuery,
    reply: pageOf(inboxRow).extend({
      areaName: z.string(),
      households: z.number().int(),
      people: z.number().int(),
      waiting: z.number().int(),
    }),
  }),
  'GET /households/:id': endpoint({
    operationId: 'getHousehold',
    summary: 'The own household, or one of the own ground, with its members',
    access: 'signedIn',
    params: z.object({ id }),
    reply: householdView,
  }),
  'GET /areas': endpoint({
    operationId: 'listAreas',
    summary: 'The areas right below one (the top without `parent`), on the own ground',
    access: staffRoles,
    query: pageQuery.extend({ parent: id.optional() }),
    reply: pageOf(areaView),
  }),
  'GET /people': endpoint({
    operationId: 'listPeople',
    summary: 'Staff and volunteers of the own ground',
    access: staffRoles,
    query: pageQuery.extend({
      role: z.enum(roles).optional(),
      q: z.string().trim().max(20).optional(),
    }),
    reply: pageOf(
      personTile.extend({ area: z.string(), onDuty: z.boolean(), load: z.number().int() }),
    ),
  }),
  'POST /leaves': endpoint({
    operationId: 'takeLeave',
    summary: 'Be away for a time, with a stand-in who gets what would have come',
    access: staffRoles,
    body: z.object({ clientId, from: isoTime, until: isoTime, standInId: id.optional() }),
    reply: z.object({ id, from: isoTime, until: isoTime, standIn: z.string().optional() }),
    status: 201,
  }),
  'DELETE /leaves/:id': endpoint({
    operationId: 'endLeave',
    summary: 'Be back early',
    access: staffRoles,
    params: z.object({ id }),
    reply: z.object({ done: z.literal(true) }),
  }),
  'POST /imports/:kind': endpoint({
    operationId: 'importDirectory',
    summary: 'JSON Lines; every line is checked first, then all are written or none',
    access: ['admin'],
    params: z.object({ kind: z.enum(importKinds) }),
    raw: 'lines',
    reply: importReport,
    errors: ['tooLarge'],
  }),
} as const;
