import type { Workflow } from './types';

export type CaseState =
  | 'sorting'
  | 'assigned'
  | 'handling'
  | 'waitingReporter'
  | 'joined'
  | 'resolved'
  | 'rated'
  | 'withdrawn'
  | 'dismissed';

export type CaseAction =
  | 'decide'
  | 'dismiss'
  | 'takeOver'
  | 'acknowledge'
  | 'note'
  | 'askBack'
  | 'answerBack'
  | 'passUp'
  | 'reclassify'
  | 'reassign'
  | 'resolve'
  | 'rate'
  | 'reopen'
  | 'nudge'
  | 'addPhoto'
  | 'withdraw'
  | 'join'
  | 'notSame'
  | 'split';

const open: readonly CaseState[] = ['sorting', 'assigned', 'handling', 'waitingReporter'];

/** A villager's concern, from the first word to the rating. */
export const concernWorkflow: Workflow<CaseState, CaseAction> = {
  kind: 'concern',
  initial: 'sorting',
  states: {
    sorting: { stage: 'assign', label: '正在问', tone: 'wait', clockRuns: true },
    assigned: { stage: 'assign', label: '等人接', tone: 'wait', clockRuns: true },
    handling: { stage: 'coHandle', label: '处置中', tone: 'do', clockRuns: true },
    waitingReporter: { stage: 'coHandle', label: '等您回话', tone: 'wait', clockRuns: false },
    // Worked on as part of a neighbour's report of the same event; the clock runs there.
    joined: { stage: 'coHandle', label: '一起在办', tone: 'do', clockRuns: false },
    resolved: { stage: 'feedback', label: '等您打分', tone: 'wait', clockRuns: false },
    rated: { stage: 'appraise', label: '办完', tone: 'done', clockRuns: false, final: true },
    withdrawn: { stage: 'feedback', label: '撤回了', tone: 'done', clockRuns: false, final: true },
    dismissed: { stage: 'feedback', label: '不用办', tone: 'done', clockRuns: false, final: true },
  },
  steps: {
    decide: {
      from: ['sorting'],
      to: 'assigned',
      who: ['chief', 'desk', 'leader', 'holder'],
      needs: ['category'],
      label: '往上报',
      style: 'filled',
      button: ['chief', 'desk', 'leader', 'holder'],
      notice: '问清楚了，{who}来办',
      timeline: '定了归口',
      releasesHolder: true,
    },
    dismiss: {
      from: ['sorting'],
      to: 'dismissed',
      who: ['chief', 'desk', 'leader', 'holder'],
      label: '不是事',
      style: 'text',
      button: ['chief', 'desk', 'leader', 'holder'],
      notice: '{actor}看过了，这句不用立案。要是弄错了，再说一声',
      timeline: '看过，不用立案',
      releasesHolder: true,
    },
    takeOver: {
      from: ['sorting', 'assigned'],
      to: 'handling',
      who: ['chief'],
      label: '我来问问',
      style: 'outline',
      button: ['chief'],
      notice: '{actor}接过去了，先由{actor}来办',
      timeline: '胡同长自己接了',
    },
    acknowledge: {
      from: ['assigned'],
      to: 'handling',
      who: ['holder'],
      label: '我接了',
      style: 'filled',
      button: ['holder'],
      notice: '{actor}接了，{due}',
      timeline: '接单',
    },
    note: {
      from: ['handling', 'waitingReporter'],
      who: ['holder', 'leader', 'desk', 'chief'],
      needs: ['text'],
      label: '记进展',
      style: 'outline',
      button: ['holder'],
      notice: '{actor}：{text}',
      timeline: '进展',
    },
    askBack: {
      from: ['handling', 'assigned'],
      to: 'waitingReporter',
      who: ['holder'],
      needs: ['text'],
      label: '问一句',
      style: 'outline',
      button: ['holder'],
      notice: '{actor}想问您：{text}',
      timeline: '问住户',
    },
    answerBack: {
      from: ['waitingReporter'],
      to: 'handling',
      who: ['reporter', 'household', 'chief', 'holder'],
      needs: ['text'],
      label: '回他话',
      style: 'filled',
      button: ['reporter', 'household'],
      notice: '您的话带到了',
      timeline: '住户回话',
    },
    passUp: {
      from: ['assigned', 'handling', 'waitingReporter'],
      to: 'assigned',
      who: ['holder', 'chief', 'leader'],
      needs: ['reason'],
      label: '往上报',
      style: 'outline',
      button: ['holder'],
      notice: '换人了：往上报给{who}，{due}',
      timeline: '往上报',
      releasesHolder: true,
    },
    reclassify: {
      from: ['assigned', 'handling', 'waitingReporter'],
      to: 'assigned',
      who: ['holder', 'desk', 'leader'],
      needs: ['category', 'reason'],
      label: '认错了类',
      style: 'text',
      button: ['holder', 'desk'],
      notice: '是我听错了归哪一类，改由{who}来办，{due}',
      timeline: '改了类别',
      releasesHolder: true,
    },
    reassign: {
      from: ['assigned', 'handling', 'waitingReporter', 'sorting'],
      to: 'assigned',
      who: ['desk', 'leader'],
      needs: ['person', 'reason'],
      label: '改派',
      style: 'outline',
      button: ['desk', 'leader'],
      notice: '换人了：改成{who}来，{due}',
      timeline: '改派',
      releasesHolder: true,
    },
    resolve: {
      from: ['handling', 'waitingReporter'],
      to: 'resolved',
      who: ['holder'],
      needs: ['result'],
      label: '办好了',
      style: 'filled',
      button: ['holder'],
      notice: '{actor}说办好了，您看行不行？',
      timeline: '办结',
      releasesHolder: true,
    },
    rate: {
      from: ['resolved'],
      to: 'rated',
      who: ['reporter', 'household'],
      needs: ['stars'],
      label: '打个分',
      style: 'filled',
      button: ['reporter', 'household'],
      notice: '您打了{stars}星，谢谢',
      timeline: '评价',
    },
    reopen: {
      from: ['resolved'],
      to: 'assigned',
      who: ['reporter', 'household'],
      needs: ['reason'],
      label: '没办好，退回去',
      style: 'outline',
      button: ['reporter', 'household'],
      notice: '退回去重办，{who}接着办，{due}',
      timeline: '退回重办',
    },
    nudge: {
      from: ['sorting', 'assigned', 'handling', 'joined'],
      who: ['reporter', 'household', 'chief', 'desk', 'leader'],
      label: '催一催',
      style: 'filled',
      button: ['reporter', 'household', 'desk', 'leader'],
      notice: '替您催过{who}了',
      timeline: '催办',
      cooldownHours: 4,
    },
    addPhoto: {
      from: [...open, 'joined', 'resolved'],
      who: ['reporter', 'household', 'chief', 'holder'],
      needs: ['photo'],
      label: '补照片',
      style: 'outline',
      button: ['reporter', 'household'],
      notice: '照片补上了，{who}看得到',
      timeline: '补照片',
    },
    withdraw: {
      from: [...open, 'joined'],
      to: 'withdrawn',
      who: ['reporter', 'household'],
      label: '撤回',
      style: 'text',
      button: ['reporter', 'household'],
      notice: '这件事撤回了。要是还得办，再说一声就行',
      timeline: '撤回',
      releasesHolder: true,
    },
    join: {
      from: [...open],
      to: 'joined',
      who: ['holder', 'leader', 'desk', 'chief'],
      needs: ['case'],
      label: '是同一件',
      style: 'filled',
      notice: '核对过了，跟邻居报的是同一件事，由{who}一起办，有进展一起告诉您',
      timeline: '并到一起办',
      releasesHolder: true,
    },
    notSame: {
      from: [...open],
      who: ['holder', 'leader', 'desk', 'chief'],
      needs: ['case'],
      label: '不是一件',
      style: 'text',
      timeline: '核对过，不是一件事',
    },
    split: {
      from: ['joined'],
      to: 'assigned',
      who: ['reporter', 'household', 'holder', 'leader', 'desk', 'chief'],
      needs: ['reason'],
      label: '不是一回事',
      style: 'text',
      button: ['reporter', 'household'],
      notice: '您这件单独办：由{who}来，{due}',
      timeline: '分出来单独办',
    },
  },
};
