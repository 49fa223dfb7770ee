import type { Speech } from '../../understanding/types';

/** How the demo's town says things that the next town does not. Invented; a city writes its own. */
export const speech: Speech = {
  slips: [
    '丁集镇 丁级镇 丁几镇 丁集阵',
    '楝树胡同 恋树胡同 链树胡同',
    '槐树底下 怀树底下 坏树底下',
    '小卖部 代销店 代消点 代销点',
  ],
};
