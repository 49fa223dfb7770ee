import type { Example } from '../../../../../server/src/understanding/learner';
import { randomFrom } from '../../../../../server/src/understanding/learner/random';

const matters: Record<string, string[]> = {
  路灯: ['路灯不亮', '灯杆歪了', '晚上黑漆漆', '换灯泡', '灯一闪一闪'],
  垃圾: ['垃圾没人清', '垃圾桶满了', '臭味很大', '苍蝇成堆', '没人打扫'],
  停水: ['停水两天', '水管漏水', '水压太小', '水龙头没水', '水发黄'],
  养老: ['高龄补贴没到', '老人卡怎么办', '养老金少了', '想请人照护', '年审怎么弄'],
};
const fillers = ['你好', '我家门口', '这两天', '麻烦看看', '一直没人管', '在村东头', '谢谢了'];
export const kinds = Object.keys(matters);

/** Letters of four kinds with some words in common; one in `slips` carries a wrong label. */
export const letters = (count: number, seed = 1, slips = 0): Example[] => {
  const random = randomFrom(seed);
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, () => {
    const kind = pick(kinds);
    const text = [pick(fillers), pick(matters[kind]!), pick(fillers), pick(matters[kind]!)].join(
      '，',
    );
    return { text, label: slips > 0 && random() < 1 / slips ? pick(kinds) : kind };
  });
};
