import { canonical } from '../language/normalise';
import type { Meaning } from './synonyms';
import { squeeze } from './phrases';

/** What every question has and no answer is known by. */
const empty = new Set(
  (
    '的 了 着 过 吗 呢 吧 啊 呀 哩 嘞 么 没 不 没有 有 是 在 和 跟 与 也 都 就 还 又 再 才 要 想 能 可 可以 会 得 该 让 给 把 被 叫 到 去 来 上 下 里 ' +
    '我 你 他 她 它 我们 你们 他们 咱 咱们 俺 您 自己 人 家 家里 俺家 我家 这 那 这个 那个 这儿 那儿 哪 哪里 哪儿 谁 啥 什么 怎 怎么 怎样 咋 咋办 咋样 怎办 多少 几 ' +
    '办 弄 办理 问 请问 一下 知道 说 看 用 行 中 对 好 个 一 一个 钱 多少钱 时候 啥时候 什么时候 事 事儿 东西 村里 镇上 镇里 国家 政府 公家 现在 今年 去年 明年 今天 ' +
    '几点 条件 材料 手续 规定 政策 要求 流程 需要 哪些 以 为准 当地 文件 或者 还是 如果 因为 所以 但 但是 等 按 年 月 日 天 后 前 中 时 为 由 从 向 对 比 不能 不会 不是'
  ).split(' '),
);

export type Tokens = (text: string) => string[];

/**
 * The words by which a text can be found: segmented, without those that say nothing, with the words of
 * the articles that it means in other words.
 * @param cut a segmenter's `cutForSearch`
 */
export const createTokens = (cut: (text: string) => string[], meaning: Meaning): Tokens => {
  const wordsIn = (text: string): string[] =>
    cut(text)
      .map(squeeze)
      .filter((w) => w.length > 0 && !empty.has(w));
  return (text) => {
    const plain = canonical(text);
    return [...new Set([...wordsIn(plain), ...meaning(plain).flatMap(wordsIn)])];
  };
};
