import { maskIdNumbersIn } from '@alley-chief/shared/domain';

/** Longer messages are read up to here: what matters stands early, and a rule must not cost seconds. */
export const readLimit = 1000;

/**
 * One character for one character, so that a place found in the canonical text is the same place in
 * the villager's own. Henan speech first, then the traditional characters seen in practice.
 */
const characters = new Map<string, string>();
const alike = (from: string, to: string) =>
  [...from].forEach((c, i) => characters.set(c, [...to][i] ?? c));
alike('俺恁咋您妳孃冇噜', '我你怎你你娘没了');
alike('們這個來時開關說話電話請問錢醫藥費', '们这个来时开关说话电话请问钱医药费');
alike('燈壞沒門車場廠倉東長馬鳥魚龍風飛', '灯坏没门车场厂仓东长马鸟鱼龙风飞');
alike('漏洩氣煙熱煤電線綫桿倒塌淹樓橋溝', '漏泄气烟热煤电线线杆倒塌淹楼桥沟');
alike('嗎過還後從進邊裡裏誰麼樣對點給親爺婦', '吗过还后从进边里里谁么样对点给亲爷妇');
alike('戶辦證險補領養殘鄰幹標準農業麥種產業', '户办证险补领养残邻干标准农业麦种产业');
alike('處理網絡報銷學校機關圍牆噪聲雞豬養鬧', '处理网络报销学校机关围墙噪声鸡猪养闹');
alike('臟髒垃亂佔違築賠償勞動傷護衛國園樹葉', '脏脏垃乱占违筑赔偿劳动伤护卫国园树叶');

/** Slips of the ear and of the keyboard; both sides of the same length, for the same reason. */
const slips: [string, string][] = [
  ['路登', '路灯'],
  ['木有', '没有'],
  ['高领补贴', '高龄补贴'],
  ['高玲补贴', '高龄补贴'],
  ['高龄补帖', '高龄补贴'],
  ['医宝', '医保'],
  ['社宝', '社保'],
  ['低宝', '低保'],
  ['景盖', '井盖'],
  ['跳扎', '跳闸'],
  ['停殿', '停电'],
  ['拉圾', '垃圾'],
  ['垃级', '垃圾'],
  ['乍办', '怎办'],
  ['砸办', '怎办'],
  ['啥时侯', '啥时候'],
  ['胡同常', '胡同长'],
  ['胡同涨', '胡同长'],
  ['网各员', '网格员'],
  ['网格元', '网格员'],
  ['户囗', '户口'],
  ['煤汽', '煤气'],
  ['天燃气', '天然气'],
  ['燃汽', '燃气'],
  ['灵居', '邻居'],
  ['节杆', '秸秆'],
  ['秸杆', '秸秆'],
  ['结杆', '秸秆'],
  ['危访', '危房'],
  ['宅基第', '宅基地'],
  ['残级证', '残疾证'],
  ['残急证', '残疾证'],
];

/**
 * The message as it may be shown and stored: full-width forms made ordinary, control and zero-width
 * characters and ID numbers out, a character said more than twice in a row said twice.
 */
export const tidy = (text: string): string =>
  maskIdNumbersIn(
    text
      .slice(0, readLimit * 2)
      .normalize('NFKC')
      .replace(/\p{Surrogate}/gu, '')
      .replace(/[\t\r\f\v\u00a0\u3000]/g, ' ')
      .replace(/[\p{Cc}\p{Cf}]/gu, (c) => (c === '\n' ? '\n' : ''))
      .replace(/([^\d\s])\1{2,}/gu, '$1$1')
      .replace(/ {2,}/g, ' ')
      .trim()
      .slice(0, readLimit),
  ).replace(/[\ud800-\udbff]$/, '');

/**
 * The form the rules read; exactly as long as what `tidy` gave, so offsets hold in both.
 */
export const canonical = (tidied: string): string => {
  let out = '';
  // By code unit on purpose: no character of the tables lies outside the basic plane.
  for (let i = 0; i < tidied.length; i++) {
    const c = tidied.charAt(i);
    const lower = c.toLowerCase();
    out += characters.get(c) ?? (lower.length === 1 ? lower : c);
  }
  for (const [from, to] of slips) if (out.includes(from)) out = out.replaceAll(from, to);
  return out;
};
