import type { Speech } from './types';

/**
 * Speech of eastern Henan where one word stands for one of the written language. Words the phrase
 * books know themselves (啥, 得劲, 中不中, 后晌) are not touched: they stay as people say them.
 */
export const dialect: Speech = {
  characters: [['俺恁咋您妳孃冇噜怹', '我你怎你你娘没了他']],
  slips: [
    '没有 木有 冇有 木油 木右',
    '没人 木人',
    '没电 木电',
    '没水 木水',
    '没法 木法',
    '没事 木事',
    '怎么 作么 揍么 昨么',
    '怎弄 昨弄',
    '怎样 昨样',
    '怎办 乍办 砸办 炸办 昨办',
    '怎着 昨着',
    '聊天 喷空',
    '聊聊天 喷喷空',
    '聊天儿 喷空儿',
    '这会儿 这马儿 这歇儿',
    '那会儿 那马儿 那歇儿',
    '在这 搁这',
    '在那 搁那',
    '在家 搁家',
    '在哪 搁哪',
    '在屋 搁屋',
    '晌午 傻午 响午 赏午',
    '傍黑 傍嘿 棒黑 膀黑',
    '跟前 根前',
    '下雨 落雨',
    '麻利 麻力',
    '腌臜 阿杂 肮臜',
    '厨房 灶火 锅屋',
    '水坑 水凼',
    '玉米 苞谷 包谷 玉蜀',
    '红薯 红芋',
    '媳妇 媳付 西妇 媳夫',
    '闺女 归女 闺吕 规女',
    '我娘 安娘',
    '我妈 安妈',
    '我爸 安爸',
    '耽搁',
  ],
};
