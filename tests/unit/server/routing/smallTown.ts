import type { CategoryCode, Role } from '@alley-chief/shared/domain';
import type {
  Candidate,
  DirectorySnapshot,
  Responsibility,
  RoutingMatter,
  Shift,
} from '../../../../server/src/routing';

export const alley = '/xc/dj/lg/03/hs/';
export const grid = '/xc/dj/lg/03/';
export const nextGrid = '/xc/dj/lg/02/';
export const village = '/xc/dj/lg/';
export const township = '/xc/dj/';
export const city = '/xc/';

/** A Wednesday, 19:00 in China. */
export const wednesdayEvening = new Date('2026-07-15T11:00:00.000Z');

export const person = (
  personId: string,
  name: string,
  role: Role,
  areaPath: string,
  more: Partial<Candidate> = {},
): Candidate => ({ personId, name, role, areaPath, load: 0, ...more });

const lights = { unitId: 'lights', unitName: '镇电工班' };

export const unitRule = (
  category: CategoryCode,
  unitId: string,
  unitName: string,
  areaPath = township,
): Responsibility => ({
  category,
  areaPath,
  handler: { role: 'unitStaff', unitId, unitName },
  dutyNo: '42',
  dutyName: '城乡照明设施养护',
  kind: 'basic',
});

export const always = (personId: string, label = '今晚值班'): Shift => ({
  personId,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  fromMinute: 0,
  untilMinute: 1440,
  label,
});

/** One alley's whole line, a unit of two, everybody on duty. */
export const smallTown = (): DirectorySnapshot => {
  const people = [
    person('liu', '刘建设', 'unitStaff', township, { ...lights, gender: 'm', load: 2 }),
    person('zheng', '郑红军', 'unitStaff', township, { ...lights, gender: 'm', load: 5 }),
    person('wang', '王秀兰', 'alleyChief', alley, { callName: '王婶', gender: 'f' }),
    person('liming', '李明', 'gridWorker', grid, { gender: 'm', load: 5 }),
    person('cui', '崔雪云', 'gridWorker', nextGrid, { gender: 'f' }),
    person('zhou', '周海峰', 'gridLeader', village, { gender: 'm' }),
    person('ma', '马骏', 'gridSupervisor', township),
    person('linxiao', '林晓', 'dispatcher', city, { gender: 'f' }),
    person('wei', '魏强', 'dispatcher', city, { load: 9 }),
  ];
  return {
    people,
    responsibilities: [
      unitRule('roads.light', 'lights', '镇电工班'),
      {
        category: 'environment.burning',
        areaPath: township,
        handler: { role: 'gridWorker' },
        dutyNo: '34',
        dutyName: '露天焚烧巡查制止',
        kind: 'basic',
      },
    ],
    shifts: people.map((p) => always(p.personId)),
    leaves: [],
    kin: {},
    areaNames: {
      [alley]: '槐树胡同',
      [grid]: '柳沟 03 网格',
      [village]: '柳沟村',
      [township]: '丁集镇',
    },
  };
};

export const lampOut = (more: Partial<RoutingMatter> = {}): RoutingMatter => ({
  category: 'roads.light',
  categoryConfidence: 0.96,
  alternatives: [],
  evidence: ['路灯', '两晚没亮'],
  areaPath: alley,
  placeSource: 'home',
  placeText: '槐树胡同 7 号门口',
  reporterId: 'zhao',
  householdMemberIds: ['zhao', 'feng'],
  against: [],
  confidential: false,
  emergency: false,
  excluded: [],
  ...more,
});
