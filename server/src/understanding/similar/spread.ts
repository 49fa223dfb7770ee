import type { CategoryCode } from '@alley-chief/shared/domain';
import { anyOf } from '../language/phrases';

/** How far one cause is felt: a cable feeds a village, a lamp lights an alley, a hole is where it is. */
export type Reach = 'village' | 'grid' | 'alley' | 'spot';

/** Side of a matter that can go wrong by itself: 停电 is not 电压低. */
export interface Aspect {
  name: string;
  words: RegExp;
  /** Where this side of it is felt less far than the whole: a cut is the village's, a leak is where it drips. */
  reach?: Reach;
}

export interface Spread {
  /** Categories of one family are sought together: who says 路灯 may mean the power cut. */
  family: 'power' | 'water' | 'gas' | 'heating' | 'network' | 'ground';
  reach: Reach;
  /** Reports further apart than this are two events, however alike. Hours. */
  hours: number;
  /** A neighbour in the words makes it a quarrel of two houses, which is nobody else's. */
  quarrels?: boolean;
  aspects: readonly Aspect[];
}

const aspect = (name: string, words: string, reach?: Reach): Aspect => ({
  name,
  words: anyOf(words),
  ...(reach ? { reach } : {}),
});
const day = 24;

/**
 * Matters that several households can have in common. What is not listed is somebody's own: a pension,
 * a quarrel, a person in need.
 */
export const spreads: Partial<Record<CategoryCode, Spread>> = {
  'utilities.power': {
    family: 'power',
    reach: 'village',
    hours: 12,
    aspects: [
      aspect('停电', '停电 断电 没电 没有电 没来电 来电 停了电 电停 电断 不来电'),
      aspect('电压', '电压 带不动 忽明忽暗 一闪一闪'),
      aspect('电线', '电线 线杆 电杆 变压器~(响|冒|坏|烧) 电缆', 'spot'),
    ],
  },
  'roads.light': {
    family: 'power',
    reach: 'alley',
    hours: 7 * day,
    aspects: [
      aspect('灯不亮', '不亮 没亮 坏 灭 黑灯瞎火 黑漆漆 不着 一片黑 瞎了'),
      aspect('灯闪', '闪'),
      aspect('灯杆', '灯杆 杆~(歪|倒|斜) 掉下来 灯罩'),
      aspect('灯常亮', '白天~亮 一直亮 关不(上|了|掉)'),
    ],
  },
  'utilities.water': {
    family: 'water',
    reach: 'village',
    hours: day,
    aspects: [
      aspect('停水', '停水 断水 没水 没有水 不来水 没来水 (?<!自)来水 水停'),
      aspect('水小', '水压 水小 水流小 上不去水'),
      aspect('水浑', '浑 发黄 黄水 异味 有味 脏 铁锈'),
      aspect('漏水', '漏水 爆管 水管~(爆|裂|漏|破) 管子~(爆|裂|漏|破) 跑水 冒水', 'spot'),
    ],
  },
  'utilities.gas': {
    family: 'gas',
    reach: 'village',
    hours: day,
    aspects: [
      aspect('停气', '停气 断气 没气 没有气 不来气 没来气 打不着'),
      aspect('气小', '气小 火小'),
    ],
  },
  'utilities.heating': {
    family: 'heating',
    reach: 'village',
    hours: 2 * day,
    aspects: [aspect('不热', '不热 冰凉 凉的 没暖气 停暖 没供暖 不供暖')],
  },
  'utilities.network': {
    family: 'network',
    reach: 'village',
    hours: day,
    aspects: [
      aspect('断网', '断网 没网 没有网 网断 上不了网 上不去网 宽带~(断|坏|不) 网~(掉|不通|用不)'),
      aspect('没信号', '没信号 没有信号 信号差 信号弱 打不出'),
      aspect('电视', '电视 机顶盒'),
      aspect('线缆', '光缆 网线 线~(断|垂|掉)', 'spot'),
    ],
  },
  'farm.irrigation': {
    family: 'ground',
    reach: 'spot',
    hours: 3 * day,
    aspects: [
      aspect('抽不上水', '抽不 不上水 没水 不出水'),
      aspect('机井没电', '没电 合不上闸 停电'),
    ],
  },
  'roads.manhole': {
    family: 'ground',
    reach: 'spot',
    hours: 7 * day,
    aspects: [
      aspect('井盖没了', '没了 丢 不见 没有盖 没盖 被偷 缺'),
      aspect('井盖坏了', '松 翘 响 裂 破 塌 碎 坏'),
      aspect('井冒水', '冒 堵 溢 反水'),
    ],
  },
  'roads.surface': {
    family: 'ground',
    reach: 'spot',
    hours: 14 * day,
    aspects: [aspect('路有坑', '坑 洼 塌 陷 洞 裂'), aspect('路积水', '积水 泥 淹')],
  },
  'roads.obstruct': {
    family: 'ground',
    reach: 'spot',
    hours: 2 * day,
    quarrels: true,
    aspects: [
      aspect('堆料', '沙 砖 石子 料 土 木头 柴'),
      aspect('树挡路', '树'),
      aspect('摆摊', '摊'),
      aspect('停车', '车'),
    ],
  },
  'roads.trees': {
    family: 'ground',
    reach: 'spot',
    hours: 5 * day,
    quarrels: true,
    aspects: [
      aspect('树倒了', '倒 断 歪 刮'),
      aspect('树枝', '枝 挡 遮 修剪'),
      aspect('树死了', '死 枯 虫'),
    ],
  },
  'environment.garbage': {
    family: 'ground',
    reach: 'alley',
    hours: 3 * day,
    aspects: [
      aspect('垃圾没人收', '没人(收|拉|管|清|倒) 没(收|拉|清|倒) 不(收|拉|清) 满 堆 臭'),
      aspect('垃圾桶', '桶~(坏|破|没了|丢|倒|少|烂)'),
    ],
  },
  'environment.sewage': {
    family: 'ground',
    reach: 'alley',
    hours: 4 * day,
    quarrels: true,
    aspects: [aspect('排水堵了', '堵 不通 排不 下不去 溢 冒 反 淤 满'), aspect('污水臭', '臭 味')],
  },
  'environment.noise': {
    family: 'ground',
    reach: 'alley',
    hours: 6,
    quarrels: true,
    aspects: [
      aspect('广场舞', '广场舞 跳舞 音响 喇叭'),
      aspect('施工', '施工 工地 打桩 机器 切割'),
      aspect('唱歌', '唱 卡拉 KTV 麦克'),
    ],
  },
  'environment.burning': {
    family: 'ground',
    reach: 'grid',
    hours: 4,
    quarrels: true,
    aspects: [aspect('烧秸秆', '秸秆 麦茬 麦地 地里'), aspect('烧垃圾', '垃圾 塑料')],
  },
  'environment.pollution': {
    family: 'ground',
    reach: 'village',
    hours: 2 * day,
    quarrels: true,
    aspects: [aspect('养殖臭', '猪 鸡 羊 牛 养殖 粪'), aspect('厂子', '厂 烟囱 排放 废水')],
  },
  'environment.toilet': {
    family: 'ground',
    reach: 'spot',
    hours: 3 * day,
    aspects: [
      aspect('公厕没水', '公厕~没水 厕所~没水'),
      aspect('公厕堵了', '堵 满 溢'),
      aspect('公厕脏', '脏 臭 没人(扫|打扫|管)'),
    ],
  },
  'safety.hazard': {
    family: 'ground',
    reach: 'spot',
    hours: 3 * day,
    aspects: [
      aspect('墙要倒', '墙'),
      aspect('坑没盖', '坑 沟 洞 护栏 围挡'),
      aspect('线垂下来', '线 杆'),
    ],
  },
  'safety.dogs': {
    family: 'ground',
    reach: 'alley',
    hours: day,
    quarrels: true,
    aspects: [aspect('野狗', '野狗 流浪狗 没人管的狗 成群')],
  },
};

/** Categories that are told apart by a hair: alike in everything else they may be one event. */
const akin: readonly (readonly [CategoryCode, CategoryCode])[] = [
  ['utilities.power', 'roads.light'],
  ['roads.surface', 'roads.manhole'],
  ['roads.surface', 'safety.hazard'],
  ['roads.manhole', 'safety.hazard'],
  ['roads.obstruct', 'environment.garbage'],
  ['roads.obstruct', 'roads.trees'],
  ['environment.sewage', 'roads.manhole'],
  ['environment.burning', 'environment.pollution'],
  ['environment.sewage', 'environment.pollution'],
];

export const areAkin = (a: CategoryCode, b: CategoryCode): boolean =>
  akin.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
