/** Spots every village has: they say where without naming an area. All read the canonical form. */

/** Surnames met here, for people and houses that are named by them. */
export const surnames =
  '(?:欧阳|上官|司马|诸葛|[王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])';

const grounds = '村|庄|胡同|街|巷|镇|桥|路|坑|河|沟|塘|地';
const buildings =
  '学校|小学|中学|幼儿园|大队|村委会|村委|村室|卫生室|卫生院|超市|广场|集上|庙|祠堂|水塔|敬老院|饭店|小卖部|粮库|车站|公交站|市场|菜市场|村部';
const marks =
  '文化广场|便民中心|便民服务中心|老槐树|大槐树|老井|机井房|变压器|电线杆|垃圾桶|垃圾池|公厕|厕所|大门|牌坊|磨坊|油坊|加油站|快递点';
/** Where beside a named spot. */
export const beside =
  '门口|门前|旁边|对面|对过|后头|后面|前头|前面|东边|西边|南边|北边|东头|西头|南头|北头|边上|跟前|那儿|那边|附近|路口|底下|下头|后墙|屋后|房后|隔壁|拐角|转角';

export const spots = new RegExp(
  [
    `(?:${grounds}|${buildings}|井房|派出所)?(?:[东西南北]|最[东西南北]|大?后|前)(?:头|边|地|门|街|坑|河|沟|坡|场|口|面)`,
    `(?:${grounds}|大路|丁字|十字|三岔)(?:口|头|边|东头|西头|南头|北头|沿|当间|中间|上)(?![班学访])`,
    '(?:十字|丁字|三岔)?路口',
    `(?:${buildings}|${marks})(?:${beside})`,
    '\\d{1,3}号楼(?:\\d单元)?|[一二三四五六七八九十]\\s?号楼|\\d单元',
  ].join('|'),
  'gu',
);

/** A neighbour's house: 老李家门口, 张婶家屋后. */
export const houses = new RegExp(
  `(?:老${surnames}|${surnames}(?:大爷|大娘|奶奶|爷爷|叔|婶|哥|嫂|姐|老师|师傅|医生)?|邻居|隔壁|对门)家(?:${beside}|院里|院外|后院|大坑|地里|地头)`,
  'gu',
);

const atHome =
  '门口|门前|屋后|后头|后面|前头|前面|院里|院子里?|房后|屋里|东边|西边|南边|北边|东头|西头|跟前|边上|旁边|对面|对过|隔壁|附近|后墙|大门口|厨房|厕所|地里|地头|里';

/** The reporter's home, said to be theirs. */
export const ownHome = new RegExp(`(?:我们|我|咱)(?:家|屋|院)(?:${atHome})?`, 'gu');

/** Home again, when nothing else is named beside it (学校门口 is the school's). */
export const home = /当院|院里|院子里|屋里|家门口|家里|门口儿?|屋后头?|房后头?|房前屋后|厨房/gu;

const onlyHome = new RegExp(`^(?:${ownHome.source}|${home.source})$`, 'u');

/** Whether words name no spot but whosever home it is: 门口, 我家屋后. */
export const saysOnlyHome = (words: string): boolean => onlyHome.test(words.replace(/^俺/u, '我'));
