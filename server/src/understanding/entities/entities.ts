import { createGazetteer, type Named } from './gazetteer';
import type { Entities, Knowledge } from '../types';

type Place = Entities['places'][number];
type Person = Entities['people'][number];

/** Digits in Chinese as far as doors and floors go. */
const digits = '零一二三四五六七八九';
const numberOf = (said: string): number | undefined => {
  if (/^\d{1,4}$/.test(said)) return Number(said);
  const m = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(said);
  if (!m || !said) return undefined;
  const [, tens, ten, ones] = m;
  if (!ten) return tens && !ones ? digits.indexOf(tens) : undefined;
  return (tens ? digits.indexOf(tens) : 1) * 10 + (ones ? digits.indexOf(ones) : 0);
};

const door =
  /(?<![\d月.\-楼栋])(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?!线|楼|窗|店|机|卡|令|天|下午|上午|晚上|早上|前|后天|那天|左右|凌晨|中午|到|开|来|去|了)(院|门口|门|家|户|后沟|屋后|西边|东边|对面|对过)?/gu;

/** Spots every village has; they say where without naming an area. */
const spots =
  /(?:村|庄|胡同|街|巷|镇|桥|路|坑|河|沟|塘|地|学校|小学|中学|幼儿园|大队|村委会|村委|村室|卫生室|卫生院|超市|广场|集上|庙|祠堂|井房|水塔|敬老院|饭店|小卖部|粮库|车站|公交站|市场|菜市场|村部|派出所)?(?:[东西南北]|最[东西南北]|大?后|前)(?:头|边|地|门|街|坑|河|沟|坡|场|口|面)|(?:村|庄|胡同|街|巷|镇|桥|路|坑|河|沟|塘|地|大路|丁字|十字|三岔)(?:口|头|边|东头|西头|南头|北头|沿|当间|中间|上)(?![班学访])|(?:十字|丁字|三岔)?路口|(?:学校|小学|中学|幼儿园|大队|村委会|村委|村室|卫生室|卫生院|超市|广场|集上|庙|祠堂|水塔|敬老院|饭店|小卖部|粮库|车站|公交站|菜市场|市场|村部|文化广场|便民中心|老槐树|老井|机井房|变压器|电线杆)(?:门口|旁边|对面|后头|后面|前头|前面|东边|西边|南边|北边|边上|跟前|那儿|那边|附近|路口|底下|下头)|\d{1,3}号楼(?:\d单元)?|[一二三四五六七八九十]\s?号楼|\d单元/gu;
/** The reporter's home, said to be theirs. */
const ownHome =
  /(?:我|我们|咱)(?:家|屋|院)(?:门口|门前|屋后|后头|后面|院里|院子里?|房后|东边|西边|南边|北边|跟前|边上|厨房|里)?/gu;
/** Home again, when nothing else is named beside it (学校门口 is the school's). */
const home = /当院|院里|院子里|屋里|家门口|家里|门口儿?|屋后头?|房后头?|房前屋后|厨房/gu;

const times =
  /(?:大前|前|昨|今|明|后)(?:天|儿个?|夜|晚)(?:早上|上午|中午|下午|晚上|夜里|半夜|后晌|前晌|晌午)?|(?:夜儿?个|今儿个?|明儿个?|前儿个?|后晌|前晌|晌午|清早起?|大清早|黑家|黑了|半夜(?:三更)?|夜里|傍黑|天黑|早上|上午|中午|下午|晚上|凌晨)|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|\d{1,2}分?|多|左右)?|(?:这|上|下)(?:个?星期|周|个?月)[一二三四五六日天]?|(?:星期|周)[一二三四五六日天]|\d{1,2}月(?:\d{1,2}[号日])?|(?:\d+|[一二两三四五六七八九十半好几]+)(?:个)?(?:多)?(?:天|夜|晚上|个月|月|年|星期|周|小时|钟头|礼拜|分钟)(?:多|了|前|没|以前)?/gu;
const phones = /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/gu;
const amounts =
  /(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万好几]+)(?:多)?(?:万|千|百)?(?:多)?(?:块钱|块|元|万块|万元|毛钱|斤|公斤|亩|吨)/gu;

const kin =
  /(?:我|咱|我们|他|她)?(?:爹|妈|娘|爸|爸爸|妈妈|父亲|母亲|奶奶|爷爷|姥姥|姥爷|外婆|外公|公公|老公公|婆婆|丈母娘|岳母|岳父|老伴儿?|老头子|老婆子?|媳妇儿?|男人|丈夫|老公|儿子|闺女|女儿|孙子|孙女|外孙女?|重孙|孩子|孩儿|娃儿?|小妮儿?|哥|弟弟?|姐姐?|妹妹?|嫂子|女婿|儿媳妇?|叔|大爷|大娘|婶子?|舅舅?|姑姑?|姨|两口子)/u;
const kinAll = new RegExp(kin, 'gu');
const neighbours =
  /隔壁(?:老?[一-龥]?家|邻居|老[王李张刘陈杨赵])?|对门|左邻右舍|(?:东|西|前|后|南|北)(?:院|邻|邻家)(?:家|那家)?|邻居(?:家)?|后院(?:家)?|老[王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢姜崔]家/gu;
const called =
  /(?:老|小)?[王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾田董潘袁蔡蒋余杜叶程魏苏吕丁沈任姚卢姜崔](?:婶|叔|大爷|大娘|奶奶|爷爷|师傅|主任|书记|支书|会计|医生|大夫|老师|哥|嫂|姐|干事|所长|镇长|乡长|村长|队长)/gu;
export const staffWords =
  /胡同长|网格员|网格长|网格指导员|村支书|支书|村主任|村长|村干部|村委(?:会)?(?:的人|的)?|大队(?:干部|的人|会计)|会计|电工|志愿者|工作人员|办事员|窗口(?:的人|那个人|那人|上的人)?|镇里(?:的人|干部)|镇上(?:的人|干部)|派出所(?:的人|民警)?|民警|城管|干部|书记|镇长|乡长|人工(?:客服)?|真人|领导/gu;

const ranges = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    groups: m,
  }));

/** Reads places, times, numbers and people; `text` as written, `plain` its canonical form. */
export type EntityReader = (text: string, plain: string) => Entities;

/** Built once from the names of the ground and of those who serve. */
export const createEntityReader = (knowledge: Knowledge): EntityReader => {
  const short = (name: string) => name.replace(/(?:村|社区|镇|乡|胡同|市)$/u, '');
  const areas: Named<string>[] = knowledge.places.flatMap(({ areaId, name }) => {
    const names: Named<string>[] = [{ name, value: areaId }];
    // 柳沟 for 柳沟村; an alley's stem alone (东头, 后街) would be heard everywhere.
    if (!name.endsWith('胡同') && short(name).length >= 2 && short(name) !== name) {
      names.push({ name: short(name), value: areaId });
    }
    return names;
  });
  const findAreas = createGazetteer(areas);
  const findStaff = createGazetteer(
    knowledge.staff.flatMap((s) =>
      [...new Set([s.name, s.callName])].map((name) => ({ name, value: s.personId })),
    ),
  );

  const placesIn = (text: string, plain: string): Place[] => {
    const places: (Place & { start: number; end: number })[] = [];
    const free = (start: number, end: number) =>
      places.every((p) => end <= p.start || start >= p.end);
    for (const hit of findAreas(plain)) {
      const tail =
        /^(?:里头?|的)?(\d{1,3}|[一二三四五六七八九十]{1,3})号(?:院|门口|门|家|后沟)?|^(?:[东西南北]头|口|里头?|中间|边上)/u.exec(
          plain.slice(hit.end),
        );
      const end = hit.end + (tail?.[0].length ?? 0);
      const doorNo = tail?.[1] ? numberOf(tail[1]) : undefined;
      places.push({
        text: text.slice(hit.start, end),
        // The same name twice on the ground names no area by itself.
        ...(hit.values.length === 1 ? { areaId: hit.values[0] } : {}),
        ...(doorNo ? { doorNo } : {}),
        own: false,
        start: hit.start,
        end,
      });
    }
    for (const { start, end, groups } of ranges(plain, door)) {
      const doorNo = numberOf(groups[1] ?? '');
      if (doorNo && free(start, end)) {
        places.push({ text: text.slice(start, end), doorNo, own: false, start, end });
      }
    }
    for (const [pattern, own] of [
      [ownHome, true],
      [spots, false],
      [home, true],
    ] as const) {
      for (const { start, end } of ranges(plain, pattern)) {
        if (free(start, end)) places.push({ text: text.slice(start, end), own, start, end });
      }
    }
    return places
      .sort((a, b) => a.start - b.start)
      .map(({ start: _start, end: _end, ...place }) => place);
  };

  const peopleIn = (text: string, plain: string): Person[] => {
    const people: (Person & { start: number; end: number })[] = [];
    const add = (start: number, end: number, person: Omit<Person, 'text'>) => {
      if (people.every((p) => end <= p.start || start >= p.end)) {
        people.push({ text: text.slice(start, end), ...person, start, end });
      }
    };
    for (const hit of findStaff(plain)) {
      const only = hit.values.length === 1 ? { personId: hit.values[0] } : {};
      add(hit.start, hit.end, { relation: 'staff', ...only });
    }
    for (const { start, end } of ranges(plain, staffWords)) add(start, end, { relation: 'staff' });
    for (const { start, end } of ranges(plain, neighbours)) {
      add(start, end, { relation: 'neighbour' });
    }
    for (const { start, end } of ranges(plain, kinAll)) add(start, end, { relation: 'kin' });
    for (const { start, end } of ranges(plain, called)) add(start, end, {});
    return people
      .sort((a, b) => a.start - b.start)
      .map(({ start: _start, end: _end, ...person }) => person);
  };

  const said = (text: string, plain: string, pattern: RegExp) =>
    ranges(plain, pattern).map(({ start, end }) => ({ text: text.slice(start, end) }));

  return (text, plain) => ({
    places: placesIn(text, plain),
    times: said(text, plain, times),
    phones: said(text, plain, phones).map((p) => p.text),
    amounts: said(text, plain, amounts),
    people: peopleIn(text, plain),
  });
};
