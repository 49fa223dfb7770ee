import type { CategoryKnowledge } from '../types';

export const unclear: CategoryKnowledge = {
  definition:
    '话里认不出是什么事：只打招呼、只说有事、说半截、说不明白，得先问一句；能认出是什么事的一律不归这里。',
  duties: ['群众诉求首问登记'],
  phrases: `
在吗
你好
有人没
恁好
俺想问个事
有点事想说说
麻烦问一下
喂 听见没
那个啥 咋整啊
就那个事 都知道的
上回说的那件事咋样了
还是老样子
咋弄啊 愁死了
快来看看
急急急
管管吧
能不能给个说法
俺也不知道该找谁
不知道咋说
就是那个 哎 说不清
`,
  near: '',
};
