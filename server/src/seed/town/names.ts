import type { Random } from './random';

export type Gender = 'f' | 'm';

/** Frequent surnames of eastern Henan; the frequent ones stand more than once. */
const surnames = [
  ...'王李张刘王李张陈杨赵马孙郭高徐朱宋韩冯许吕魏田曹崔任袁姚范谢胡郑秦申侯常贾程',
];

/** Given names by generation: two characters, drawn from fashions that changed with the years. */
const fashions: { until: number; f: [string, string]; m: [string, string] }[] = [
  {
    until: 1959,
    f: ['桂秀凤玉素翠金兰', '兰英荣香芝花珍梅'],
    m: ['德国文明金长保广', '民山成才厚河田有'],
  },
  {
    until: 1984,
    f: ['红丽爱春海秋慧雪', '霞娟敏艳玲云琴萍'],
    m: ['建海志卫俊永红军', '峰强涛伟杰军华勇'],
  },
  {
    until: 2004,
    f: ['晓静文亚丹莹佳婷', '静丹莉洁颖倩雯楠'],
    m: ['鹏晓宁亚浩凯超帅', '飞龙磊博凯阳辉宁'],
  },
  {
    until: 9999,
    f: ['梓雨思一欣可语佳', '涵萱怡瑶琪彤诺冉'],
    m: ['子浩宇博一俊梓沐', '轩然阳泽宸睿航辰'],
  },
];

export const randomSurname = (random: Random): string => random.pick(surnames);

/** Hands out full names, each only once: two people of one name would confuse every list. */
export class NameBook {
  private readonly used = new Set<string>();

  reserve(name: string): void {
    this.used.add(name);
  }

  give(random: Random, surname: string, gender: Gender, birthYear: number): string {
    const fashion = fashions.find((f) => birthYear <= f.until)!;
    const [first, second] = fashion[gender];
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const a = random.pick([...first]);
      const b = random.pick([...second]);
      // A one-character given name now and then, more often among the young.
      const given = attempt === 0 && random.chance(0.06) ? b : a + (a === b ? '' : b);
      const name = surname + given;
      if (!this.used.has(name)) {
        this.used.add(name);
        return name;
      }
    }
    // Some sixty pairs a fashion and surname: only a far larger town would get here.
    throw new Error(`No name left for ${surname}, born ${birthYear}`);
  }
}

/** What neighbours say: 张奶奶, 孙大爷, 王婶, 李叔; the young go by their names. */
export const callNameOf = (surname: string, name: string, gender: Gender, age: number): string => {
  if (age >= 72) return surname + (gender === 'f' ? '奶奶' : '爷爷');
  if (age >= 60) return surname + (gender === 'f' ? '大娘' : '大爷');
  if (age >= 42) return surname + (gender === 'f' ? '婶' : '叔');
  return name;
};
