import { categories, concernWorkflow } from '@alley-chief/shared/domain';
import type { Chip } from '@alley-chief/shared/contract';
import { sayWhen } from '../kernel/localTime';
import type { CaseDoc } from '../modules/case/model';
import { shownState } from '../modules/case/present';
import type { Care, Matter, Slot } from '../understanding/types';

/** What 小同 says. Like a neighbour: 您, short, verbs first; nothing is promised that is not scheduled. */

export interface Saying {
  text: string;
  chips?: Chip[];
}

const plain = (...labels: string[]): Chip[] => labels.map((label) => ({ label, text: label }));

export const greeting = (callName: string): Saying => ({
  text: `${callName}您好，我是小同。家门口的事、要办的事，说一声就行。`,
  chips: plain('路灯不亮了', '交医保', '问问高龄补贴', '找胡同长'),
});

export const thanks = (): Saying => ({ text: '不客气，有事您再喊我。' });

export const askWhat = (kind: 'text' | 'image' | 'voice' | 'location', m?: Matter): Saying => {
  if (kind === 'image')
    return {
      text: '照片看见了。是哪儿的事、想咋办，说一句就行。',
      chips: plain('我家门口的', '村口的', '找胡同长'),
    };
  if (kind === 'location')
    return {
      text: '地方记下了。那儿咋了？说一句就行。',
      chips: plain('路坏了', '灯不亮', '垃圾没人收'),
    };
  const [a, b] = m?.alternatives ?? [];
  if (a && b && a.probability > 0.15) {
    const [first, second] = [categories[a.label].name, categories[b.label].name];
    return {
      text: `这事我没听准，是${first}，还是${second}？`,
      chips: [
        { label: first, text: `是${first}的事` },
        { label: second, text: `是${second}的事` },
        { label: '都不是，找人说', text: '找胡同长说句话' },
      ],
    };
  }
  return {
    text: '我没听准。是啥事、在哪儿，再说一句？',
    chips: plain('东西坏了要修', '想问个政策', '找胡同长'),
  };
};

export const passedToChief = (chief: string | undefined, kind: string): Saying => ({
  text: chief
    ? kind === 'voice'
      ? `语音收到了，${chief}会听。是啥事？写几个字，我这就去找人。`
      : `我还是没弄明白，先让${chief}看看，看到就回您。`
    : '先给您记下了，村里看到就回您。',
});

export const callingPerson = (chief: { callName: string; phone?: string } | undefined): Saying =>
  chief
    ? {
        text: `跟${chief.callName}说了，看到就回您。急的话直接打电话。`,
        chips: chief.phone
          ? [
              {
                label: `打给${chief.callName}`,
                action: 'call',
                target: chief.phone,
                emphasis: true,
              },
            ]
          : undefined,
      }
    : { text: '先给您记下了，村里看到就回您。' };

/** Never asks for details, never judges, names a door that is open now. A child is called 你. */
const cared: Record<Care['kind'], [grown: string, minor: string]> = {
  domesticViolence: [
    '您受委屈了，这不是您的错。这话只有您和负责的人看得到。眼下不安全就先出门，打 110；想有人陪着说，打妇联 12338。',
    '你受委屈了，这不是你的错。这话只有你和负责的叔叔阿姨看得到。现在怕的话先去邻居或老师那儿，打 110。',
  ],
  selfHarm: [
    '听您这么说，我记挂着您。这话只有您和负责的人看得到，一会儿有人来看您。这会儿难受，随时能打 12356，有人听您说。',
    '听你这么说，我很记挂你。这话只有你和负责的叔叔阿姨看得到，一会儿有人来陪你。现在难受就打 12355，有人听你说。',
  ],
  child: [
    '孩子的事要紧，您说得对。这话只有您和负责的人看得到，马上有人去看孩子。孩子眼下有危险就打 110。',
    '你说出来是对的，这不是你的错。这话只有你和负责的叔叔阿姨看得到，马上有人来帮你。现在有危险就打 110，也可以打 12355。',
  ],
};

export const caredFor = (care: Care): Saying => ({
  text: cared[care.kind][care.minor ? 1 : 0],
  chips: plain('我现在安全', '想找人说说话'),
});

export const received = (m: Matter, hasPhoto: boolean, undecided: boolean): string => {
  const seen = hasPhoto ? '收到，照片也看清了。' : '收到。';
  // Whoever asked a question is told first that there is no sure answer.
  if (m.intent === 'question') return '这个我不确定，不敢乱讲。我找管这事的人问清楚再回您。';
  if (undecided) return `${seen}这事归谁我先问清楚，问好了马上告诉您。`;
  switch (m.intent) {
    case 'dispute':
      return '听明白了，先别着急上火。我找人上门给两家说和说和。';
    case 'staffComplaint':
      return '您说的我记下了。这件事不会让他本人看到，也不会告诉他是谁说的。';
    case 'suggestion':
      return '这个主意好，我给您递上去，有回音告诉您。';
    default:
      return `${seen}管这事的人找到了。`;
  }
};

/** Who has it already, how many asked before, and why it is thought to be the same. */
export const joined = (c: CaseDoc, others: number, reasons: readonly string[]): string => {
  const who = `${c.holder.unitName ?? ''}${c.holder.name}`;
  const why = reasons.length ? `（${reasons.slice(0, 2).join('、')}）` : '';
  return `收到。已有 ${others} 户邻居报了同一件事${why}，正在由${who}处理，有进展一起告诉您。`;
};

/** Said below the card: large print has no button for it there. */
export const askSame = (c: CaseDoc): Saying => ({
  text: '要不是一回事，点一下，我分出来给您单独办。',
  chips: [
    { label: '不是一回事', action: 'case:split', target: c._id, text: '住户说不是一回事' },
    { label: '是一回事', text: '知道了，谢谢' },
  ],
});

/** The same thing once more: nothing new is opened, and how it stands is said at once. */
export const again = (c: CaseDoc, now: Date): Saying => ({
  text: `这事已经在办了，您刚说的也给他添上了。${statusOf(c, now).text}`,
});

const slotQuestions: Record<Slot, Saying> = {
  place: {
    text: '在哪儿？说个门牌或者旁边有啥就行。',
    chips: [
      ...plain('就在我家门口', '村口'),
      { label: '发个位置', action: 'location' },
      ...plain('跳过'),
    ],
  },
  photo: {
    text: '方便的话拍一张，师傅好带对家伙什。',
    chips: [{ label: '拍一张', action: 'photo', emphasis: true }, ...plain('跳过')],
  },
  time: {
    text: '啥时候的事？或者啥时候家里有人？',
    chips: plain('刚才', '今天', '好几天了', '跳过'),
  },
  what: { text: '是啥坏了？再说一句。', chips: plain('跳过') },
};

export const askSlot = (slot: Slot): Saying => slotQuestions[slot];

export const answered = (more: boolean): string =>
  more ? '好，记上了。' : '好，都记上了，我转给办事的人。';

export const skipped = (): Saying => ({ text: '行，不碍事，先这么办着。' });

export const attached = (c: CaseDoc): string => `补到“${c.title}”里了，${c.holder.name}看得到。`;

export const statusOf = (c: CaseDoc, now: Date): Saying => {
  const who = `${c.holder.unitName ?? ''}${c.holder.name}`;
  const due = sayWhen(c.dueAt, now);
  const verb = categories[c.category].dueVerb;
  const head = `“${c.title}”这事`;
  const state = shownState(c);
  if (state === 'sorting') return { text: `${head}我还在问归谁，${due}前给您回话。` };
  if (state === 'assigned') return { text: `${head}已经找了${who}，等着接。说好${due}前${verb}。` };
  if (c.state === 'waitingReporter') return { text: `${head}${who}在等您回句话。` };
  if (c.state === 'resolved') return { text: `${head}${who}说办好了，您看行不行？` };
  if (!concernWorkflow.states[state].final && c.dueAt <= now) {
    return { text: `${head}${who}办晚了，本来说${due}前${verb}。我再催一遍。` };
  }
  return { text: `${head}${who}正在办，说好${due}前${verb}。` };
};

export const withdrawAsk = (c: CaseDoc): Saying => ({
  text: `“${c.title}”这事不用办了？`,
  chips: [
    { label: '对，不用了', action: 'case:withdraw', target: c._id, emphasis: true },
    { label: '还是要办', text: '还是要办' },
  ],
});

export const falseAlarm = (c: CaseDoc): Saying => ({
  text: `没事就好。我跟${c.holder.name}说一声，他会再跟您确认一下。`,
});
