import type { Gender } from './names';
import type { Persona } from './types';

/** A member whose name is told, or only what is known of them. */
export interface CastMember {
  id?: string;
  name: string;
  callName?: string;
  gender: Gender;
  age: number;
  relation: string;
}

/** A household of the fixed cast: its size, and its members where the story names them. */
export interface CastHousehold {
  surname: string;
  size: number;
  members?: CastMember[];
}

const m = (
  name: string,
  gender: Gender,
  age: number,
  relation: string,
  more: { id?: string; callName?: string } = {},
): CastMember => ({ name, gender, age, relation, ...more });

/** 槐树胡同: 14 households, 43 people; and where the others of the cast live. By alley id and door. */
export const castHouseholds: Record<string, Record<number, CastHousehold>> = {
  'lg03-hs': {
    1: {
      surname: '王',
      size: 3,
      members: [
        m('王秀兰', 'f', 54, '户主', { id: 'wang', callName: '王婶' }),
        m('孙国强', 'm', 57, '老伴'),
        m('王凯阳', 'm', 29, '儿子'),
      ],
    },
    2: { surname: '李', size: 4 },
    3: {
      surname: '张',
      size: 1,
      members: [m('张凤英', 'f', 81, '户主', { id: 'zhang', callName: '张奶奶' })],
    },
    4: { surname: '王', size: 3 },
    5: { surname: '李', size: 4 },
    6: { surname: '吴', size: 1, members: [m('吴素珍', 'f', 78, '户主', { callName: '吴奶奶' })] },
    7: {
      surname: '赵',
      size: 4,
      members: [
        m('赵桂香', 'f', 57, '户主', { id: 'zhao', callName: '赵婶' }),
        m('冯德厚', 'm', 66, '老伴', { callName: '冯大爷' }),
        m('赵海磊', 'm', 33, '儿子'),
        m('赵子轩', 'm', 9, '孙子'),
      ],
    },
    8: { surname: '孙', size: 3 },
    9: { surname: '陈', size: 4 },
    10: { surname: '周', size: 3 },
    11: { surname: '孙', size: 4 },
    12: { surname: '李', size: 3 },
    13: { surname: '王', size: 3 },
    14: { surname: '赵', size: 3 },
  },
  'lg03-ly': {
    4: {
      surname: '李',
      size: 3,
      members: [
        m('李明', 'm', 36, '户主', { id: 'liming' }),
        m('许文静', 'f', 35, '妻子'),
        m('李可欣', 'f', 8, '女儿'),
      ],
    },
  },
  'lg03-jt': {
    5: {
      surname: '孙',
      size: 3,
      members: [
        m('孙永成', 'm', 53, '户主'),
        m('郭秋霞', 'f', 52, '妻子'),
        m('孙小满', 'f', 26, '女儿', { id: 'sun' }),
      ],
    },
  },
  'lg02-ct': {
    2: {
      surname: '周',
      size: 3,
      members: [
        m('周海峰', 'm', 48, '户主', { id: 'zhou' }),
        m('吕春玲', 'f', 47, '妻子'),
        m('周雨涵', 'f', 17, '女儿'),
      ],
    },
  },
};

/** Cast who work in the town without living there: [id, name, gender, age]. */
export const castColleagues = {
  liu: { name: '刘建设', gender: 'm', age: 45 },
  linxiao: { name: '林晓', gender: 'f', age: 33 },
} as const satisfies Record<string, { name: string; gender: Gender; age: number }>;

/** Everybody a visitor can be in demo mode, in the order they are shown. */
export const personas: Persona[] = [
  {
    id: 'linxiao',
    label: '治理中心',
    line: '林晓值班，看全市的事',
    tone: 'worker',
    home: 'desk',
    elder: false,
    featured: true,
  },
  {
    id: 'zhao',
    label: '村民',
    line: '说事、办事、打分',
    tone: 'household',
    home: 'chat',
    elder: false,
    featured: false,
  },
  {
    id: 'zhang',
    label: '长辈版',
    line: '大字、念给您听、点一下说话',
    tone: 'household',
    home: 'chat',
    elder: true,
    featured: false,
  },
  {
    id: 'wang',
    label: '胡同长',
    line: '槐树胡同，管 14 户',
    tone: 'chief',
    home: 'inbox',
    elder: false,
    featured: false,
  },
  {
    id: 'liming',
    label: '网格员',
    line: '柳沟 03 网格',
    tone: 'worker',
    home: 'queue',
    elder: false,
    featured: false,
  },
  {
    id: 'sun',
    label: '志愿者',
    line: '给邻居搭把手',
    tone: 'volunteer',
    home: 'help',
    elder: false,
    featured: false,
  },
  {
    id: 'liu',
    label: '办事单位',
    line: '镇电工班',
    tone: 'worker',
    home: 'queue',
    elder: false,
    featured: false,
  },
  {
    id: 'zhou',
    label: '网格长',
    line: '柳沟村，三个网格',
    tone: 'worker',
    home: 'queue',
    elder: false,
    featured: false,
  },
];
