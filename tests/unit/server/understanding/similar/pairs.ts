import type { CategoryCode } from '@alley-chief/shared/domain';
import type { Report } from '../../../../../server/src/understanding/similar';

/** alley/door, or a wider area: `hs/7`, `hs`, `lg`. */
type Place = string;
type Said = [category: CategoryCode, place: Place, text: string];

/** Two reports of different households, and whether a person on the spot would call them one event. */
export interface Pair {
  one: boolean;
  a: Said;
  b: Said;
  minutes: number;
}

const paths: Record<string, [path: string, name: string]> = {
  hs: ['/xc/dj/lg/03/hs/', '槐树胡同'],
  ly: ['/xc/dj/lg/03/ly/', '柳叶胡同'],
  dt: ['/xc/dj/lg/01/dt/', '东头胡同'],
  ys: ['/xc/dj/lg/02/ys/', '榆树胡同'],
  lg: ['/xc/dj/lg/', '柳沟村'],
  sj: ['/xc/dj/sz/01/sj/', '沈家胡同'],
};

const at = new Date('2026-07-15T04:00:00.000Z');

/** A report as the case module would hand it over. */
export const reportOf = ([category, place, text]: Said, minutes = 0): Report => {
  const [key = '', door] = place.split('/');
  const [areaPath, name] = paths[key]!;
  return {
    text,
    category,
    sure: true,
    areaPath,
    plateText: door ? `${name} ${door} 号` : name,
    householdId: place,
    at: new Date(at.getTime() + minutes * 60_000),
    confidential: false,
    accuses: false,
    emergency: false,
  };
};

const pair = (one: boolean, minutes: number, a: Said, b: Said): Pair => ({ one, a, b, minutes });
const same = (minutes: number, a: Said, b: Said): Pair => pair(true, minutes, a, b);
const apart = (minutes: number, a: Said, b: Said): Pair => pair(false, minutes, a, b);

/** Written while the rules were made. */
export const known: Pair[] = [
  // A cut runs through the village.
  same(12, ['utilities.power', 'hs/7', '停电了'], ['utilities.power', 'hs/3', '家里没电了']),
  same(
    5,
    ['utilities.power', 'hs/7', '俺家停电了，咋回事'],
    ['utilities.power', 'hs/9', '又停电了，啥时候来电'],
  ),
  same(
    20,
    ['utilities.power', 'hs/7', '全村都停电了'],
    ['utilities.power', 'dt/2', '停电了，冰箱里的肉咋办'],
  ),
  same(
    30,
    ['utilities.power', 'hs/7', '胡同里都没电'],
    ['utilities.power', 'ly/4', '停电了，一片黑'],
  ),
  same(
    8,
    ['utilities.water', 'hs/7', '停水了'],
    ['utilities.water', 'ly/2', '咱这停水了吗，一滴都没有，没水做饭'],
  ),
  same(
    45,
    ['utilities.water', 'hs/1', '家里没水了'],
    ['utilities.water', 'hs/14', '一早起来就没水'],
  ),
  same(
    60,
    ['utilities.water', 'ys/3', '自来水发黄，不敢喝'],
    ['utilities.water', 'ys/8', '水浑得很，都是铁锈'],
  ),
  same(
    90,
    ['utilities.network', 'hs/2', '网断了，手机上不了网'],
    ['utilities.network', 'hs/6', '宽带断网了'],
  ),
  same(
    15,
    ['utilities.gas', 'hs/5', '停气了，饭做一半'],
    ['utilities.gas', 'hs/8', '天然气没气了'],
  ),
  same(
    100,
    ['utilities.heating', 'ys/1', '暖气不热，冰凉'],
    ['utilities.heating', 'ys/9', '家里暖气不热'],
  ),
  // Lamps light an alley.
  same(
    60,
    ['roads.light', 'hs/7', '我家门口路灯不亮了'],
    ['roads.light', 'hs/8', '门口的路灯坏了，黑灯瞎火'],
  ),
  same(
    600,
    ['roads.light', 'hs/7', '胡同里路灯全灭了'],
    ['roads.light', 'hs/2', '路灯都不亮，晚上不敢出门'],
  ),
  same(
    1500,
    ['roads.light', 'hs/3', '村口的路灯坏了'],
    ['roads.light', 'dt/4', '村口那个路灯不亮好几天了'],
  ),
  // A hole is where it is.
  same(
    30,
    ['roads.manhole', 'hs/7', '村口井盖没了，吓人'],
    ['roads.manhole', 'ys/2', '村头的井盖被偷了，谁来管管，没盖'],
  ),
  same(
    400,
    ['roads.surface', 'hs/7', '学校门口路上一个大坑'],
    ['roads.surface', 'ly/1', '小学门口的路塌了个坑'],
  ),
  same(
    120,
    ['roads.manhole', 'hs/7', '7号门口井盖松了，一过车就响'],
    ['roads.manhole', 'hs/8', '7号门口那个井盖翘起来了'],
  ),
  // Rubbish and drains of an alley.
  same(
    700,
    ['environment.garbage', 'hs/7', '垃圾好几天没人收了'],
    ['environment.garbage', 'hs/8', '胡同垃圾堆成山，没人拉'],
  ),
  same(
    200,
    ['environment.sewage', 'ly/4', '下水道堵了，污水往外冒'],
    ['environment.sewage', 'ly/6', '胡同里的下水堵住了，臭水溢出来'],
  ),
  same(
    50,
    ['environment.burning', 'hs/7', '地里烧秸秆，烟呛得睁不开眼'],
    ['environment.burning', 'ly/3', '有人烧麦茬，满天烟，地里一片'],
  ),
  same(
    30,
    ['environment.noise', 'hs/7', '广场舞音响太大了'],
    ['environment.noise', 'hs/3', '广场上跳舞的喇叭吵死人'],
  ),
  same(
    25,
    ['environment.toilet', 'hs/7', '村口公厕没水冲不了'],
    ['environment.toilet', 'ys/7', '村口厕所没水'],
  ),
  same(
    40,
    ['farm.irrigation', 'hs/7', '东头机井抽不上水'],
    ['farm.irrigation', 'dt/7', '村东那个机井抽不上水，麦子等着浇'],
  ),

  // The same words, somebody's own.
  apart(
    10,
    ['utilities.power', 'hs/7', '电费咋突然多了'],
    ['utilities.power', 'hs/8', '电费交不上去'],
  ),
  apart(
    10,
    ['utilities.power', 'hs/7', '就我家停电了，隔壁都有电'],
    ['utilities.power', 'hs/3', '停电了'],
  ),
  apart(
    10,
    ['utilities.power', 'hs/7', '我家老跳闸，一开空调就停电'],
    ['utilities.power', 'hs/3', '停电了'],
  ),
  apart(
    5,
    ['utilities.water', 'hs/7', '我家水表坏了'],
    ['utilities.water', 'hs/8', '水表转得快，换一个'],
  ),
  apart(
    30,
    ['utilities.water', 'hs/7', '我家水龙头漏水'],
    ['utilities.water', 'hs/8', '水管漏水了'],
  ),
  apart(
    30,
    ['utilities.network', 'hs/7', '宽带多少钱一年'],
    ['utilities.network', 'hs/8', '宽带断网了'],
  ),
  apart(
    30,
    ['utilities.gas', 'hs/7', '想申请装天然气'],
    ['utilities.gas', 'hs/8', '啥时候能装天然气，想申请'],
  ),
  apart(
    10,
    ['security.pension', 'hs/7', '养老金这个月没到账'],
    ['security.pension', 'hs/8', '养老金没发'],
  ),
  apart(10, ['health.insurance', 'hs/7', '医保咋缴费'], ['health.insurance', 'hs/8', '医保咋缴费']),
  apart(
    10,
    ['security.allowance', 'hs/7', '低保停了'],
    ['security.allowance', 'hs/8', '低保停了是咋回事'],
  ),
  apart(
    10,
    ['housing.homestead', 'hs/7', '宅基地批不下来'],
    ['housing.homestead', 'hs/8', '宅基地啥时候批'],
  ),
  apart(
    10,
    ['labour.wages', 'hs/7', '工地欠我三个月工资'],
    ['labour.wages', 'hs/8', '工地老板欠工资不给'],
  ),
  apart(
    10,
    ['elder.care', 'hs/7', '我妈一个人在家没人照看'],
    ['elder.care', 'hs/8', '老人一个人在家没人照看'],
  ),
  apart(
    600,
    ['utilities.power', 'hs/7', '上次停电把我家冰箱烧坏了，谁赔'],
    ['utilities.power', 'hs/8', '停电了'],
  ),
  // Quarrels.
  apart(
    30,
    ['dispute.neighbour', 'hs/7', '隔壁把水排到我家院里'],
    ['dispute.neighbour', 'hs/9', '隔壁把水排到我家院里'],
  ),
  apart(
    30,
    ['environment.noise', 'hs/7', '隔壁半夜唱歌'],
    ['environment.noise', 'hs/8', '对门唱歌吵得睡不着'],
  ),
  apart(
    30,
    ['roads.obstruct', 'hs/7', '隔壁把沙子堆路上'],
    ['roads.obstruct', 'hs/8', '老李家石子堆路上过不去'],
  ),
  apart(30, ['style.staff', 'hs/7', '网格员态度不好'], ['style.staff', 'hs/8', '网格员态度不好']),
  // Elsewhere.
  apart(10, ['utilities.power', 'hs/7', '停电了'], ['utilities.power', 'sj/2', '停电了']),
  apart(
    10,
    ['roads.light', 'hs/7', '我家门口路灯坏了'],
    ['roads.light', 'ly/7', '我家门口路灯坏了'],
  ),
  apart(10, ['roads.light', 'hs/7', '村口路灯不亮'], ['roads.light', 'hs/8', '学校门口路灯不亮']),
  apart(
    10,
    ['roads.light', 'hs/1', '1号门口路灯坏了'],
    ['roads.light', 'hs/14', '14号门口路灯坏了'],
  ),
  apart(10, ['roads.manhole', 'hs/7', '村口井盖没了'], ['roads.manhole', 'hs/7', '桥头井盖没了']),
  apart(
    10,
    ['roads.manhole', 'hs/2', '我家门口井盖没了'],
    ['roads.manhole', 'hs/13', '我家门口井盖没了'],
  ),
  apart(
    10,
    ['roads.surface', 'hs/7', '学校门口有个坑'],
    ['roads.surface', 'hs/7', '卫生室门口有个坑'],
  ),
  apart(
    10,
    ['environment.garbage', 'hs/7', '垃圾没人收'],
    ['environment.garbage', 'dt/7', '垃圾没人收'],
  ),
  apart(
    10,
    ['environment.sewage', 'hs/7', '下水道堵了'],
    ['environment.sewage', 'ys/7', '下水道堵了'],
  ),
  apart(
    10,
    ['farm.irrigation', 'hs/7', '东头机井抽不上水'],
    ['farm.irrigation', 'hs/8', '西头机井抽不上水'],
  ),
  apart(
    10,
    ['roads.light', 'hs/7', '榆树胡同路灯坏了'],
    ['roads.light', 'hs/8', '槐树胡同路灯坏了'],
  ),
  apart(
    10,
    ['housing.estate', 'hs/7', '3号楼电梯坏了'],
    ['housing.estate', 'hs/8', '5号楼电梯坏了'],
  ),
  // Another time.
  apart(2 * 24 * 60, ['utilities.power', 'hs/7', '停电了'], ['utilities.power', 'hs/8', '停电了']),
  apart(
    600,
    ['environment.burning', 'hs/7', '烧秸秆冒烟'],
    ['environment.burning', 'hs/8', '烧秸秆冒烟'],
  ),
  apart(
    5 * 24 * 60,
    ['environment.garbage', 'hs/7', '垃圾没人收'],
    ['environment.garbage', 'hs/8', '垃圾没人收'],
  ),
  apart(
    12 * 60,
    ['environment.noise', 'hs/7', '施工机器太吵'],
    ['environment.noise', 'hs/8', '工地施工吵人'],
  ),
  // Another side of the same thing.
  apart(30, ['utilities.water', 'hs/7', '停水了'], ['utilities.water', 'hs/8', '自来水有异味']),
  apart(
    30,
    ['utilities.power', 'hs/7', '电压低，空调带不动'],
    ['utilities.power', 'hs/8', '停电了'],
  ),
  apart(30, ['utilities.power', 'hs/7', '电线杆歪了'], ['utilities.power', 'ys/8', '停电了']),
  apart(
    30,
    ['environment.garbage', 'hs/7', '垃圾桶坏了换一个'],
    ['environment.garbage', 'hs/8', '垃圾没人收'],
  ),
  apart(30, ['roads.light', 'hs/7', '路灯白天也亮着，浪费电'], ['roads.light', 'hs/8', '路灯不亮']),
  apart(30, ['roads.trees', 'hs/7', '村口树枝挡住路了'], ['roads.trees', 'hs/8', '村口的树死了']),
  apart(30, ['utilities.network', 'hs/7', '电视没信号'], ['utilities.network', 'hs/8', '上不了网']),
  apart(
    30,
    ['roads.manhole', 'hs/7', '村口井盖没了，我妈摔伤了'],
    ['roads.manhole', 'ys/2', '村口井盖没了'],
  ),
  apart(30, ['roads.light', 'hs/7', '另外一个路灯也坏了'], ['roads.light', 'hs/8', '路灯坏了']),
];

/** Written after the rules stood. They showed that a leak is not as wide as a cut; since then, held. */
export const fresh: Pair[] = [
  same(
    3,
    ['utilities.power', 'ys/4', '咋没电了'],
    ['utilities.power', 'ys/6', '停电了，老人吸氧机要用电'],
  ),
  same(
    25,
    ['utilities.power', 'dt/1', '我们这边断电了'],
    ['utilities.power', 'dt/9', '家里突然没电'],
  ),
  same(
    40,
    ['utilities.power', 'hs/2', '电停了，热死人'],
    ['utilities.power', 'hs/11', '这都半个钟头了还不来电'],
  ),
  same(10, ['utilities.power', 'lg', '柳沟村停电'], ['utilities.power', 'hs/7', '停电了']),
  same(
    70,
    ['utilities.water', 'ly/4', '没水，厕所都冲不了'],
    ['utilities.water', 'hs/6', '停水一上午了'],
  ),
  same(
    30,
    ['utilities.water', 'dt/4', '路边水管爆了，水流一地'],
    ['utilities.water', 'dt/5', '自来水管破了，冒水'],
  ),
  same(
    15,
    ['utilities.water', 'hs/7', '水流很小，三楼上不去水'],
    ['utilities.water', 'hs/4', '水压太低了'],
  ),
  same(
    55,
    ['utilities.network', 'ys/2', 'WiFi用不了，断网了'],
    ['utilities.network', 'ys/5', '家里没网，孩子上不了网课'],
  ),
  same(200, ['roads.light', 'ly/3', '路灯不亮'], ['roads.light', 'ly/5', '路灯坏了没人修']),
  same(
    900,
    ['roads.light', 'ys/2', '我们胡同一排路灯都瞎了'],
    ['roads.light', 'ys/12', '晚上胡同里一片黑，路灯不着'],
  ),
  same(
    80,
    ['roads.manhole', 'dt/3', '超市门口的窨井盖不见了'],
    ['roads.manhole', 'dt/6', '超市前面井盖丢了，危险'],
  ),
  same(
    2000,
    ['roads.surface', 'ys/3', '桥头的路塌陷了'],
    ['roads.surface', 'ly/3', '桥上路面有个大坑，车过不去'],
  ),
  same(
    300,
    ['environment.garbage', 'ys/3', '垃圾箱满了没人倒'],
    ['environment.garbage', 'ys/4', '垃圾满地，臭得很'],
  ),
  same(
    90,
    ['environment.sewage', 'dt/3', '水沟堵了，脏水漫到路上，下不去'],
    ['environment.sewage', 'dt/4', '排水沟不通，溢了一路'],
  ),
  same(
    20,
    ['environment.noise', 'hs/9', '工地半夜还在施工'],
    ['environment.noise', 'hs/10', '大半夜的施工，机器响得睡不着'],
  ),
  same(
    60,
    ['environment.pollution', 'hs/9', '村东猪场臭得没法开窗'],
    ['environment.pollution', 'dt/2', '东头养猪的太臭了，养殖没人管'],
  ),
  same(
    200,
    ['roads.trees', 'hs/3', '大风把村口的树刮倒了'],
    ['roads.trees', 'ly/8', '村口一棵大树倒了，挡着路'],
  ),
  same(
    45,
    ['roads.obstruct', 'hs/3', '学校门口停满了车，进不去'],
    ['roads.obstruct', 'ly/8', '小学门口车乱停，孩子过不去'],
  ),

  apart(
    20,
    ['utilities.power', 'hs/3', '别人家都有电，俺家没电'],
    ['utilities.power', 'hs/4', '停电了'],
  ),
  apart(20, ['utilities.power', 'hs/3', '家里电表不转了'], ['utilities.power', 'hs/4', '电表不转']),
  apart(20, ['utilities.power', 'hs/3', '交了电费还没来电'], ['utilities.power', 'hs/4', '没电了']),
  apart(
    20,
    ['utilities.power', 'hs/3', '通知说明天停电，几点停'],
    ['utilities.power', 'hs/4', '停电了，啥时候来电'],
  ),
  apart(20, ['utilities.power', 'hs/3', '院里插座没电'], ['utilities.power', 'hs/9', '没电了']),
  apart(300, ['utilities.power', 'hs/3', '我家没电了'], ['utilities.power', 'dt/9', '我家没电了']),
  apart(20, ['utilities.water', 'hs/3', '想申请接自来水'], ['utilities.water', 'hs/4', '没水了']),
  apart(
    20,
    ['utilities.water', 'hs/3', '厨房水管漏水'],
    ['utilities.water', 'dt/4', '路边水管漏水'],
  ),
  apart(20, ['utilities.water', 'hs/3', '热水器不出水，没水'], ['utilities.water', 'hs/4', '没水']),
  apart(20, ['roads.light', 'dt/3', '路灯不亮'], ['roads.light', 'ys/3', '路灯不亮']),
  apart(20, ['roads.light', 'hs/3', '广场的灯坏了'], ['roads.light', 'hs/3', '庙门口的路灯坏了']),
  apart(
    20,
    ['roads.light', 'hs/2', '我家门口路灯灭了'],
    ['roads.light', 'hs/13', '我家门口路灯灭了'],
  ),
  apart(20, ['roads.manhole', 'hs/2', '村东井盖坏了'], ['roads.manhole', 'hs/3', '村西井盖坏了']),
  apart(20, ['roads.surface', 'hs/2', '路上有坑'], ['roads.surface', 'ly/3', '路上有坑']),
  apart(20, ['roads.surface', 'hs/2', '门口路面积水'], ['roads.surface', 'hs/14', '门口路面积水']),
  apart(
    20,
    ['environment.garbage', 'hs/2', '垃圾池满了'],
    ['environment.garbage', 'ly/2', '胡同口垃圾没人收'],
  ),
  apart(
    20,
    ['environment.sewage', 'hs/2', '我家厕所下水管堵了'],
    ['environment.sewage', 'hs/3', '下水道堵了'],
  ),
  apart(
    20,
    ['environment.sewage', 'hs/2', '后院邻居的污水流我这，臭'],
    ['environment.sewage', 'hs/3', '污水臭'],
  ),
  apart(
    20,
    ['environment.noise', 'hs/2', '楼上装修吵'],
    ['environment.noise', 'hs/3', '楼上装修吵'],
  ),
  apart(20, ['safety.dogs', 'hs/2', '邻居家的狗乱叫'], ['safety.dogs', 'hs/3', '隔壁的狗咬人']),
  apart(20, ['safety.dogs', 'hs/2', '野狗把孩子咬伤了'], ['safety.dogs', 'hs/3', '胡同里有野狗']),
  apart(
    20,
    ['security.senior', 'hs/2', '高龄补贴没发'],
    ['security.senior', 'hs/3', '高龄补贴没发'],
  ),
  apart(
    20,
    ['education.entry', 'hs/2', '孩子上学要啥材料'],
    ['education.entry', 'hs/3', '孩子上学要啥材料'],
  ),
  apart(20, ['roads.transit', 'hs/2', '公交车不来'], ['health.clinic', 'hs/3', '卫生室没人']),
  apart(
    20,
    ['dispute.boundary', 'hs/2', '地界被占了半米'],
    ['dispute.boundary', 'hs/3', '地界被占了半米'],
  ),
  apart(20, ['other.suggestion', 'hs/2', '建议装路灯'], ['other.suggestion', 'hs/3', '建议装路灯']),
];

/** Written last, and only measured: nothing was changed for them. */
export const unseen: Pair[] = [
  same(
    6,
    ['utilities.power', 'ly/8', '电没了，正看电视呢'],
    ['utilities.power', 'ly/1', '俺家咋没电了'],
  ),
  same(
    50,
    ['utilities.power', 'hs/3', '村里停电了吗，俺这黑灯瞎火的'],
    ['utilities.power', 'ys/6', '全村停电，小孩写不了作业'],
  ),
  same(
    110,
    ['utilities.water', 'sj/3', '从早上就没水了'],
    ['utilities.water', 'sj/7', '停水了，水缸都见底了'],
  ),
  same(
    35,
    ['utilities.gas', 'ly/2', '燃气打不着火，是不是停气'],
    ['utilities.gas', 'ly/6', '没气了'],
  ),
  same(
    1200,
    ['roads.light', 'dt/2', '胡同里的灯坏了一个多星期'],
    ['roads.light', 'dt/5', '路灯坏了，黑得看不见'],
  ),
  same(
    300,
    ['roads.manhole', 'hs/4', '卫生室门口井盖碎了'],
    ['roads.manhole', 'ys/9', '卫生所那个井盖破了个洞'],
  ),
  same(
    500,
    ['environment.garbage', 'sj/4', '垃圾车三天没来，垃圾没人拉'],
    ['environment.garbage', 'sj/9', '胡同里垃圾没人管，招苍蝇'],
  ),
  same(
    80,
    ['environment.sewage', 'hs/4', '胡同污水沟堵了'],
    ['environment.sewage', 'hs/6', '沟里污水排不出去，淤住了'],
  ),
  same(
    100,
    ['roads.surface', 'hs/4', '胡同口路面裂了个大洞'],
    ['roads.surface', 'hs/12', '胡同口那块路塌了'],
  ),
  same(
    70,
    ['environment.toilet', 'hs/4', '广场公厕堵了，屎都溢出来'],
    ['environment.toilet', 'ly/4', '广场那个厕所堵死了'],
  ),
  same(
    15,
    ['utilities.network', 'dt/4', '移动宽带断网'],
    ['utilities.network', 'dt/8', '网不通，电脑上不了网'],
  ),
  same(
    20,
    ['utilities.heating', 'ys/3', '停暖了吧，一点不热'],
    ['utilities.heating', 'ys/8', '暖气冰凉的'],
  ),

  apart(
    15,
    ['utilities.power', 'hs/3', '我家空开一合就掉，没电'],
    ['utilities.power', 'hs/4', '停电了'],
  ),
  apart(
    15,
    ['utilities.power', 'hs/3', '欠费停电了，交了咋还没来电'],
    ['utilities.power', 'hs/4', '停电了'],
  ),
  apart(15, ['utilities.power', 'hs/3', '停电补贴有没有'], ['utilities.power', 'hs/4', '停电了']),
  apart(
    15,
    ['utilities.power', 'hs/3', '电线掉在我家房顶上'],
    ['utilities.power', 'dt/4', '电线掉路上了'],
  ),
  apart(
    15,
    ['utilities.water', 'hs/3', '我爹屋里水管冻裂了'],
    ['utilities.water', 'ys/4', '停水了'],
  ),
  apart(15, ['utilities.water', 'hs/3', '水费交多了能退不'], ['utilities.water', 'hs/4', '停水了']),
  apart(
    15,
    ['utilities.network', 'hs/3', '我家宽带到期断网'],
    ['utilities.network', 'sj/4', '断网了'],
  ),
  apart(
    15,
    ['roads.light', 'hs/3', '能不能在我家门口装个路灯'],
    ['roads.light', 'hs/4', '路灯坏了'],
  ),
  apart(
    15,
    ['roads.light', 'hs/3', '超市门口路灯坏了'],
    ['roads.light', 'hs/4', '胡同里头路灯坏了'],
  ),
  apart(
    15,
    ['roads.manhole', 'hs/3', '学校门口井盖没了'],
    ['roads.manhole', 'sj/3', '学校门口井盖没了'],
  ),
  apart(15, ['roads.surface', 'hs/3', '桥头路坏了'], ['roads.surface', 'hs/4', '村委门口路坏了']),
  apart(
    15,
    ['environment.garbage', 'hs/3', '隔壁老往我门口倒垃圾'],
    ['environment.garbage', 'hs/4', '垃圾没人收'],
  ),
  apart(
    15,
    ['environment.garbage', 'hs/3', '学校旁边垃圾堆成山'],
    ['environment.garbage', 'ys/4', '桥头垃圾成堆'],
  ),
  apart(
    15,
    ['environment.burning', 'hs/3', '有人在地里烧秸秆'],
    ['environment.burning', 'hs/4', '垃圾池着火冒烟，烧塑料'],
  ),
  apart(
    15,
    ['environment.noise', 'hs/3', '喇叭卖货吵'],
    ['environment.noise', 'hs/4', '工地打桩吵'],
  ),
  apart(
    15,
    ['roads.obstruct', 'hs/3', '我家门口被人停车堵住'],
    ['roads.obstruct', 'hs/12', '我家门口停车出不去'],
  ),
  apart(15, ['roads.trees', 'hs/3', '我家门口树要倒'], ['roads.trees', 'ly/4', '门口树歪了']),
  apart(15, ['farm.irrigation', 'hs/3', '机井没电'], ['farm.irrigation', 'dt/3', '机井没电']),
  apart(15, ['safety.hazard', 'hs/3', '村口墙要倒了'], ['safety.hazard', 'hs/4', '学校墙要倒了']),
  apart(15, ['farm.subsidy', 'hs/3', '小麦补贴没发'], ['farm.subsidy', 'hs/4', '小麦补贴没发']),
];
