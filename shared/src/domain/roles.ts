/** What a person is, always scoped to an area (see RoleGrant). Identifiers follow the field's terms. */
export const roles = [
  'resident',
  'volunteer',
  'alleyChief',
  'gridWorker',
  'gridLeader',
  'gridSupervisor',
  'unitStaff',
  'dispatcher',
  'admin',
] as const;
export type Role = (typeof roles)[number];

export const roleLabels: Record<Role, string> = {
  resident: '住户',
  volunteer: '志愿者',
  alleyChief: '胡同长',
  gridWorker: '网格员',
  gridLeader: '网格长',
  gridSupervisor: '网格指导员',
  unitStaff: '办事单位',
  dispatcher: '治理中心',
  admin: '管理员',
};

/** Everyone who serves; residents and volunteers act for themselves. */
export const staffRoles = [
  'alleyChief',
  'gridWorker',
  'gridLeader',
  'gridSupervisor',
  'unitStaff',
  'dispatcher',
  'admin',
] as const satisfies readonly Role[];

/** A role held on a ground: a chief of one alley, a worker of one grid, staff of one unit. */
export interface RoleGrant {
  role: Role;
  /** Materialised path of the area the role covers, e.g. `/xc/dingji/shenzhuang/`. */
  areaPath: string;
  /** For unitStaff: the unit they belong to. */
  unitId?: string;
}

export const isStaff = (grants: readonly RoleGrant[]): boolean =>
  grants.some((g) => (staffRoles as readonly Role[]).includes(g.role));

export const hasRole = (grants: readonly RoleGrant[], ...wanted: readonly Role[]): boolean =>
  grants.some((g) => wanted.includes(g.role));
