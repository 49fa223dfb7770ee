/** The five stages of the closed loop, in order: 问题发现—任务分办—协同处置—结果反馈—考核评价. */
export const stages = ['discover', 'assign', 'coHandle', 'feedback', 'appraise'] as const;
export type Stage = (typeof stages)[number];

/** Official stage names are kept as they are; everything around them speaks plainly. */
export const stageLabels: Record<Stage, string> = {
  discover: '发现',
  assign: '分办',
  coHandle: '处置',
  feedback: '反馈',
  appraise: '评价',
};
