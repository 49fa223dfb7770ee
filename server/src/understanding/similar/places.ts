import { entriesOf } from '../language/phrases';

/** Where a report says it is, beyond the area it was put in. */
export interface NamedPlaces {
  /** Landmarks and alleys in one spelling each: 村口, 学校, 胡同:槐树. */
  spots: ReadonlySet<string>;
  /** Door it speaks of: named, or the reporter's own. */
  doorNo?: number;
  /** Speaks of the own house only. */
  own: boolean;
  /** Speaks of more than one house: 全村, 都, 这一片. */
  broad: boolean;
}

/** Different words for the same place; the first one stands for all. */
const synonyms = [
  '村口 村头 庄头 庄口 进村',
  '东头 村东 庄东 最东',
  '西头 村西 庄西 最西',
  '南头 村南 庄南 最南',
  '北头 村北 庄北 最北',
  '学校 小学 中学 校门',
  '幼儿园',
  '村委 村委会 大队 村室 村部 党群',
  '卫生室 卫生所 卫生院 诊所',
  '广场',
  '超市',
  '小卖部 代销点',
  '祠堂',
  '庙',
  '水塔',
  '敬老院 养老院',
  '饭店',
  '粮库 粮站',
  '车站 公交站 站牌',
  '市场 菜市场 集上',
  '便民中心 办事大厅',
  '桥',
  '坑边 坑沿 大坑',
  '河边 河沿 河堤',
  '十字路口 十字口',
  '丁字路口 丁字口',
  '三岔路口 三岔口',
  '胡同口 巷口',
  '胡同里头 胡同尽头 死胡同',
  '加油站',
  '银行 信用社',
  '老槐树 大槐树',
  '垃圾池 垃圾点 垃圾房',
  '物流园 快递站 快递点',
].map(entriesOf);

const broadly =
  /全村|整个村|全庄|我们村|咱村|全部|所有|都(停|没|断|不|灭|黑|坏|是|这样|一样)|这一片|这片|这块儿|一排|整条|一条胡同|胡同里|胡同(的|路|都|全)|我们(这|这边|这儿|胡同)|大家|家家|好几(家|户|盏)|邻居(也|家也|们)|隔壁也|左右|几户|一溜|咱这|街坊/u;
const ownHouse = /(我|咱|我们)(家|屋|院|门口)|家里|屋里|院里|家门口|门口/u;
const digits = '零一二三四五六七八九十';
const namedDoor = /(\d{1,3}|[一二三四五六七八九十]{1,3}) ?号(?!楼|线|窗|店|机)/u;
const building = /(\d{1,3}|[一二三四五六七八九十]{1,2}) ?号楼/gu;
const alley = /([\u4e00-\u9fa5]{2})胡同/gu;
const noAlley = new Set(
  entriesOf('我们 咱们 这条 那条 整个 整条 一条 这个 那个 个人 全部 条死 我的 你们'),
);
const road = /([\u4e00-\u9fa5]{2})(大街|大道|中路|东路|西路|南路|北路|公路|小区|河桥|家桥|大桥)/gu;

const numberOf = (said: string): number => {
  if (/^\d+$/.test(said)) return Number(said);
  const [tens, ones] = said.includes('十') ? said.split('十') : ['', said];
  const of = (c: string | undefined, none: number): number => (c ? digits.indexOf(c) : none);
  return said.includes('十') ? of(tens, 1) * 10 + of(ones, 0) : of(ones, 0);
};

/** 槐树胡同 7 号门口 -> 7; undefined where the plate has no door. */
export const doorOf = (plateText: string): number | undefined => {
  const door = namedDoor.exec(plateText)?.[1];
  return door ? numberOf(door) : undefined;
};

/** Reads the places out of words in their canonical form; the plate tells where own is. */
export const placesIn = (plain: string, plateText: string): NamedPlaces => {
  const spots = new Set<string>();
  for (const words of synonyms) if (words.some((w) => plain.includes(w))) spots.add(words[0]!);
  for (const [, name = ''] of plain.matchAll(alley)) {
    if (!noAlley.has(name)) spots.add(`胡同:${name}`);
  }
  for (const [all] of plain.matchAll(road)) spots.add(all);
  for (const [, no = ''] of plain.matchAll(building)) spots.add(`楼:${numberOf(no)}`);
  const said = namedDoor.exec(plain.replace(building, ''))?.[1];
  const broad = broadly.test(plain);
  const own = !broad && !said && ownHouse.test(plain) && spots.size === 0;
  const doorNo = said ? numberOf(said) : spots.size === 0 && !broad ? doorOf(plateText) : undefined;
  return { spots, own, broad, ...(doorNo === undefined ? {} : { doorNo }) };
};
