/** A name to be found in running text. */
export interface Named<T> {
  name: string;
  value: T;
}

/**
 * Characters that dictation and hurried typing mix up in names of the ground and its people; the
 * first of a group stands for all.
 */
const soundGroups =
  '槐怀淮坏 榆鱼于余渔 枣早澡找 皂造灶 椿春 桑嗓丧 楝练炼链 柿市是事 柳刘流留 沈审神 庄装桩 潘盘攀 磨魔膜摸 祠词磁瓷 油由邮 井景 场厂 豆逗 苇伟韦 塘糖堂 铁贴 匠将酱 梨离里篱 杏性幸 河何和合荷 沿盐言严 塔踏 钟中终 染然 坊房访 鼓古 桐同铜童 荫阴音 菜采蔡 街接 东冬 西希 南男 北背 丁盯叮 集级急 王汪 李理礼 张章 赵照 孙逊 陈晨 婶沈';
const heard = new Map<string, string>();
for (const group of soundGroups.split(' ')) {
  const [first = '', ...others] = group;
  for (const c of others) if (!heard.has(c)) heard.set(c, first);
}

/** Same length, every character replaced by the one that stands for its sound. */
export const soundOf = (text: string): string => {
  let out = '';
  for (let i = 0; i < text.length; i++) out += heard.get(text.charAt(i)) ?? text.charAt(i);
  return out;
};

export interface Found<T> {
  start: number;
  end: number;
  /** Everything of that name; a name alone does not say which. */
  values: T[];
  /** As the directory writes it. */
  name: string;
}

/**
 * Finds many names in one pass, exactly first and by sound otherwise, the longest at each place.
 * Thousands of names cost nothing: they are looked up by their first two sounds.
 */
export const createGazetteer = <T>(names: readonly Named<T>[]): ((text: string) => Found<T>[]) => {
  const byName = new Map<string, T[]>();
  for (const { name, value } of names) {
    if (name.length < 2) continue;
    const values = byName.get(name) ?? [];
    if (!values.includes(value)) values.push(value);
    byName.set(name, values);
  }
  const shelves = new Map<string, { name: string; sound: string; values: T[] }[]>();
  for (const [name, values] of byName) {
    const sound = soundOf(name);
    const shelf = shelves.get(sound.slice(0, 2)) ?? [];
    shelf.push({ name, sound, values });
    shelves.set(sound.slice(0, 2), shelf);
  }
  for (const shelf of shelves.values()) {
    shelf.sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1));
  }

  return (text) => {
    const sound = soundOf(text);
    const found: Found<T>[] = [];
    for (let i = 0; i + 1 < text.length;) {
      const shelf = shelves.get(sound.slice(i, i + 2));
      const entry =
        shelf?.find((e) => text.startsWith(e.name, i)) ??
        // By sound only from three characters on: two-character names would be heard everywhere.
        shelf?.find((e) => e.name.length >= 3 && sound.startsWith(e.sound, i));
      if (entry) {
        const { name, values } = entry;
        found.push({ start: i, end: i + name.length, values, name });
        i += name.length;
      } else i += 1;
    }
    return found;
  };
};
