import { categories } from '@alley-chief/shared/domain';
import { canonical, tidy } from '../language/normalise';
import { gramsOf, overlapOf } from './grams';
import { nearness } from './ground';
import { placesIn } from './places';
import { areAkin, spreads, type Aspect, type Reach, type Spread } from './spread';
import type { Likeness, Report } from './types';

/** From here two reports are joined without asking; the pairs of the specification hold it. */
export const sameFrom = 0.72;
/** From here staff are asked. */
export const maybeFrom = 0.62;
const weights = { place: 0.4, time: 0.2, words: 0.4 } as const;
/** The own house alone, this long apart, is sooner two blown fuses than one cut. Hours. */
const ownPatience = 3;
const hour = 3_600_000;

const different: Likeness = { verdict: 'different', score: 0, reasons: [] };

/**
 * Money, meters, papers, claims, the own wiring, "only my house": nobody else's, even when a whole
 * village says the same words on the same day.
 */
const ownAffair =
  /(电|水|气|话|网|物业|取暖|卫生)费|欠费|缴费|交费|账单|户头|过户|开户|报装|(电|水|气)表|空开|跳闸|保险丝|插座|线路老化|水龙头|马桶|下水管|热水器|厨房|灶台|卫生间|洗手间|装修|赔|损失|烧坏|补贴|养老|退休|医保|低保|(只|就|光|单|独|唯独)(有)?我(们)?家|(别人|邻居|隔壁|人家|其他|别)(家)?(的)?(都)?(有电|有水|有气|有网|好好的|正常|亮着|没事|没停|不停)|想(装|安|申请)|申请|怎么办理|咋办理|多少钱|啥价|收费|政策|我(爹|妈|娘|爸|奶奶|爷爷)(的)?(病|药)/u;
/** Announced, feared or long past: it may be the same, a person reads it. */
const notNow =
  /明天|后天|下周|下星期|听说|通知|计划|以后|经常|老是|天天|每天|上个?月|去年|是不是要/u;
/** Somebody came to harm: that is a matter of its own beside the cause. */
const harm = /摔伤|摔着|摔倒|摔了|摔断|砸伤|砸着|烫伤|咬伤|咬了|住院|流血|晕倒|受伤|掉进去|崴/u;
const neighbour =
  /隔壁|邻居|对门|楼上|楼下|[前后东西左右]院|老[\u4e00-\u9fa5]家|他家|她家|那家|人家/u;
/** More of the same elsewhere: 村口的也坏了. */
const another = /另外|另一|还有一|又一|别的|不是那|不是同/u;

interface Read {
  report: Report;
  spread: Spread;
  plain: string;
}

/** What can be anybody's but the household's own. */
const readable = (report: Report): Read | undefined => {
  const spread = spreads[report.category];
  if (!spread || report.confidential || report.accuses || report.emergency) return undefined;
  const plain = canonical(tidy(report.text));
  if (ownAffair.test(plain) || another.test(plain)) return undefined;
  if (spread.quarrels && neighbour.test(plain)) return undefined;
  return { report, spread, plain };
};

const aspectsIn = (r: Read): Aspect[] => r.spread.aspects.filter((a) => a.words.test(r.plain));

/** Whether reports like this are compared with others at all, and which others. */
export const familyOf = (report: Report): Spread['family'] | undefined =>
  readable(report)?.spread.family;

/** How long apart two reports of a family may be. Hours. */
export const longestApart = (family: Spread['family']): number =>
  Math.max(...Object.values(spreads).flatMap((s) => (s.family === family ? [s.hours] : [])));

/**
 * Whether two reports of different people are about one event. Symmetric. Never anything but
 * `different` for confidential matters, complaints, disputes, welfare and emergencies.
 */
export const likenessOf = (x: Report, y: Report): Likeness => {
  const [a, b] = [readable(x), readable(y)];
  if (!a || !b) return different;
  const sameCategory = x.category === y.category;
  if (!sameCategory && !areAkin(x.category, y.category)) return different;
  const apart = Math.abs(x.at.getTime() - y.at.getTime());
  const hours = Math.min(a.spread.hours, b.spread.hours);
  if (apart > hours * hour) return different;
  const [pa, pb] = [placesIn(a.plain, x.plateText), placesIn(b.plain, y.plateText)];
  const said = wordsOf(a, b, sameCategory);
  // Of two kinds of matter the one that reaches less far decides, but a cut reaches every lamp.
  const reach =
    sameCategory || a.spread.family !== 'power'
      ? narrowest(a.spread.reach, b.spread.reach, said.aspect?.reach)
      : 'village';
  const near = nearness(reach, [x, pa], [y, pb]);
  if (near.score === 0) return different;

  const time = 1 - 0.5 * (apart / (hours * hour));
  const score = weights.place * near.score + weights.time * time + weights.words * said.score;
  const lateAlone = (pa.own || pb.own) && apart > ownPatience * hour && reach === 'village';
  const doubtful =
    near.doubtful ||
    said.doubtful ||
    lateAlone ||
    !sameCategory ||
    !x.sure ||
    !y.sure ||
    notNow.test(a.plain) !== notNow.test(b.plain) ||
    harm.test(a.plain) ||
    harm.test(b.plain);
  const reasons = [
    near.reason,
    said.aspect && `都说${said.aspect.name}`,
    sameCategory
      ? `同一类：${categories[x.category].name}`
      : `${[x.category, y.category]
          .sort()
          .map((c) => categories[c].name)
          .join('和')}相近`,
    apartWords(apart),
  ].filter((r): r is string => r !== undefined);
  if (score >= sameFrom && !doubtful) return { verdict: 'same', score, reasons };
  // What a person must decide never looks as sure as what is joined.
  const held = Math.min(score, sameFrom - 0.01);
  return { verdict: held >= maybeFrom ? 'maybe' : 'different', score: held, reasons };
};

const reachOrder = ['spot', 'alley', 'grid', 'village'] as const;
const narrowest = (...reaches: (Reach | undefined)[]): Reach =>
  reachOrder.find((r) => reaches.includes(r)) ?? 'village';

const wordsOf = (
  a: Read,
  b: Read,
  sameCategory: boolean,
): { score: number; doubtful: boolean; aspect?: Aspect } => {
  const overlap = overlapOf(gramsOf(a.plain), gramsOf(b.plain));
  const [x, y] = [aspectsIn(a), aspectsIn(b)];
  // In the order of the table, so that it does not matter which report came first.
  const common = x.find((side) => y.includes(side));
  if (sameCategory && common) {
    return { score: 0.7 + 0.3 * overlap, doubtful: false, aspect: common };
  }
  if (sameCategory && x.length > 0 && y.length > 0) {
    return { score: 0.3 * overlap, doubtful: true };
  }
  // Of two kinds of matter the place alone says little.
  const start = sameCategory ? 0.35 : 0.2;
  return { score: Math.min(1, start + 0.8 * overlap), doubtful: overlap < 0.4 };
};

/** 相隔 12 分钟 */
const apartWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return '前后脚报的';
  if (minutes < 60) return `相隔 ${minutes} 分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 24 ? `相隔 ${hours} 小时` : `相隔 ${Math.round(hours / 24)} 天`;
};

/** Words of the same household that say again what it already said count as the same matter. */
const repeatedFrom = 0.6;
const alsoFrom = 0.15;

/**
 * Whether somebody says an open matter of their own household once more. Own affairs count too: the
 * meter is nobody else's, but it is the same meter.
 */
export const repeats = (again: Report, before: Report): boolean => {
  if (again.category !== before.category || again.emergency || before.emergency) return false;
  if (again.confidential || before.confidential || again.areaPath !== before.areaPath) return false;
  const [a, b] = [canonical(tidy(again.text)), canonical(tidy(before.text))];
  if (another.test(a)) return false;
  const [pa, pb] = [placesIn(a, again.plateText), placesIn(b, before.plateText)];
  const elsewhere =
    [...pa.spots].some((s) => !pb.spots.has(s)) ||
    (pa.doorNo !== undefined && pb.doorNo !== undefined && pa.doorNo !== pb.doorNo);
  if (elsewhere) return false;
  const overlap = overlapOf(gramsOf(a), gramsOf(b));
  const spread = spreads[again.category];
  const aspects = spread?.aspects ?? [];
  const sides = (text: string) => aspects.filter((s) => s.words.test(text)).map((s) => s.name);
  const [sa, sb] = [sides(a), sides(b)];
  const common = sa.some((s) => sb.includes(s));
  if (!common && sa.length > 0 && sb.length > 0) return false;
  return overlap >= (common ? alsoFrom : repeatedFrom);
};
