import type { EmergencyKind } from '../types';

/** What the emergency card says. Instructions come before buttons. */
export interface EmergencyGuide {
  /** Beside the brick-red bell, e.g. 像是燃气漏了，先出门. */
  headline: string;
  /** Exactly three, verbs first, short enough to be read while running. */
  steps: [string, string, string];
  /** Best number first. */
  dials: { number: string; label: string }[];
  /** The three facts rescuers need; the last one says it was nothing. */
  chips: [string, string, string];
  /** Name of the icon the card shows. */
  icon: string;
}

/**
 * First-aid wording follows the public advice of fire service, ambulance and grid company in plain
 * words. Numbers: 119 fire and rescue, 110 police, 120 ambulance, 122 traffic police, 95598 power
 * grid, 12356 psychological help. Drowning leads with 110, which sends police and fire service
 * together and is nearest in the countryside, then 120.
 */
export const emergencyGuides: Record<EmergencyKind, EmergencyGuide> = {
  fire: {
    headline: '像是着火了，人先出来',
    steps: ['人先走，东西不要了', '捂住口鼻弯着腰出去，别坐电梯', '到了外头，再打 119'],
    dials: [{ number: '119', label: '拨打 119' }],
    chips: ['人都出来了', '还有人在里面', '弄错了，没事'],
    icon: 'flame',
  },
  gas: {
    headline: '像是燃气漏了，先出门',
    steps: ['别开灯、别打火，也别在屋里打电话', '开门开窗，人都到院子外头', '到了外头，再打 119'],
    dials: [
      { number: '119', label: '拨打 119' },
      { number: '120', label: '有人晕倒打 120' },
    ],
    chips: ['人都出来了', '老人还在屋里', '弄错了，没事'],
    icon: 'flame',
  },
  violence: {
    headline: '先护住自己，离远点',
    steps: [
      '别争别拦，先躲到有人的地方',
      '能锁门就锁上，带上手机和孩子',
      '安全了就打 110，不方便说话可发短信 12110',
    ],
    dials: [
      { number: '110', label: '拨打 110' },
      { number: '120', label: '有人受伤打 120' },
    ],
    chips: ['我躲开了', '有人受伤', '弄错了，没事'],
    icon: 'shield',
  },
  drowning: {
    headline: '有人落水，先喊人',
    steps: [
      '别下水，别手拉手去救',
      '大声喊人，扔绳子、木棍、空桶给他抓',
      '马上打 110，捞上来没气打 120',
    ],
    dials: [
      { number: '110', label: '拨打 110' },
      { number: '120', label: '人不好打 120' },
    ],
    chips: ['人捞上来了', '人还在水里', '弄错了，没事'],
    icon: 'alert',
  },
  selfHarm: {
    headline: '您先别急，有人陪您',
    steps: [
      '先离开危险的地方，到有人的屋里坐下',
      '打给一个信得过的人，或者打 12356 说说心里话',
      '已经伤着或喝了东西，马上打 120',
    ],
    dials: [
      { number: '120', label: '拨打 120' },
      { number: '12356', label: '心里难受打 12356' },
    ],
    chips: ['我想找人说说话', '身边有人陪', '我没事，说气话'],
    icon: 'hand',
  },
  medical: {
    headline: '人不好了，先叫救护车',
    steps: [
      '马上打 120，说清几号门、人咋样',
      '摔着的别硬扶；吐了就让他侧着躺',
      '开着门，派个人到胡同口接车',
    ],
    dials: [{ number: '120', label: '拨打 120' }],
    chips: ['人还清醒', '叫不醒', '弄错了，没事'],
    icon: 'pill',
  },
  traffic: {
    headline: '出车祸了，先保住人',
    steps: [
      '人站到路边，后面放个东西挡车',
      '伤着的别乱搬，先止血',
      '打 122 报警，有人受伤再打 120',
    ],
    dials: [
      { number: '122', label: '拨打 122' },
      { number: '120', label: '有人受伤打 120' },
    ],
    chips: ['有人受伤', '人没事，车坏了', '弄错了，没事'],
    icon: 'alert',
  },
  electric: {
    headline: '有电危险，离远点',
    steps: [
      '别碰电线，也别碰带电的人，离开八米远',
      '能拉总闸就拉闸，拦住别让人过',
      '打 95598 找电工，有人触电打 120，着火打 119',
    ],
    dials: [
      { number: '95598', label: '拨打 95598' },
      { number: '120', label: '有人触电打 120' },
      { number: '119', label: '着火打 119' },
    ],
    chips: ['有人触电了', '没人碰着', '弄错了，没事'],
    icon: 'lamp',
  },
  collapse: {
    headline: '塌了，离远点别回去',
    steps: ['都出来，别回屋拿东西', '数数人齐不齐，喊一喊，别自己乱扒', '打 119，有人受伤打 120'],
    dials: [
      { number: '119', label: '拨打 119' },
      { number: '120', label: '有人受伤打 120' },
    ],
    chips: ['人都出来了', '有人压在下面', '弄错了，没事'],
    icon: 'home',
  },
};

/** Replies offered on emergency cards: sent back as ordinary messages, they belong to the open case. */
export const emergencyChips: ReadonlySet<string> = new Set(
  Object.values(emergencyGuides).flatMap((g) => g.chips),
);
/** Of those, the ones that call it off. */
export const allClearChips: ReadonlySet<string> = new Set(
  Object.values(emergencyGuides).map((g) => g.chips[2]),
);
