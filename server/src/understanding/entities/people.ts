import type { Entities, Knowledge } from '../types';
import { createGazetteer } from './gazetteer';
import { nearestTo } from './places';
import { surnames } from './spots';

type Person = Entities['people'][number];

const kin =
  /(?:我们|我|咱|他|她|孩子?(?=他|她))?(?:爹|妈|娘|爸|爸爸|妈妈|父亲|母亲|奶奶|爷爷|姥姥|姥爷|外婆|外公|老?公公|婆婆|丈母娘|老丈人|岳母|岳父|老伴儿?|老头子|老婆子?|媳妇儿?|男人|丈夫|老公|儿子|闺女|女儿|孙子|孙女|外孙女?|重孙|孩子|孩儿|娃儿?|小妮儿?|大?哥|弟弟?|大?姐姐?|妹妹?|嫂子|女婿|儿媳妇?|大?伯|叔|大爷|大娘|婶子?|舅舅?|妗子|姑父|姑姑?|姨夫|姨父|姨|侄子|侄女|外甥女?|亲家|妯娌|小姑子|小叔子|两口子)/gu;
const neighbours = new RegExp(
  `隔壁(?:老?${surnames}家|老?[一-龥]?家|邻居|老${surnames})?|对门|左邻右舍|(?:东|西|前|后|南|北)(?:院|邻|邻家)(?:家|那家)?|邻居(?:家)?|后院(?:家)?|老${surnames}家`,
  'gu',
);
/** 张婶 is somebody of the neighbourhood, 张主任 somebody in office. */
const called = new RegExp(
  `(?:老|小)?${surnames}(?:(?<near>婶|叔|大爷|大娘|大伯|奶奶|爷爷|哥|嫂|姐|姨)|师傅|主任|书记|支书|会计|医生|大夫|老师|干事|所长|镇长|乡长|村长|队长)`,
  'gu',
);
const staffWords =
  /胡同长|网格员|网格长|网格指导员|村支书|支书|村主任|村长|村干部|村委(?:会)?(?:的人|的)?|大队(?:干部|的人|会计)|会计|电工|志愿者|工作人员|办事员|窗口(?:的人|那个人|那人|上的人)?|镇里(?:的人|干部)|镇上(?:的人|干部)|派出所(?:的人|民警)?|民警|城管|干部|书记|镇长|乡长|人工(?:客服)?|真人|领导/gu;

/** Reads who; `areaPath` is the alley the reporter lives in. */
export type PeopleReader = (text: string, plain: string, areaPath: string | undefined) => Person[];

/** Built once from those who serve. @param read makes names canonical, as the text is */
export const createPeopleReader = (
  { staff }: Knowledge,
  read: (name: string) => string,
): PeopleReader => {
  const find = createGazetteer(
    staff.flatMap((s) => {
      const value = { personId: s.personId, ...(s.areaPath ? { path: s.areaPath } : {}) };
      return [...new Set([s.name, s.callName])].map((name) => ({ name: read(name), value }));
    }),
  );

  return (text, plain, areaPath) => {
    const people: (Person & { start: number; end: number })[] = [];
    const add = (start: number, end: number, person: Omit<Person, 'text'>) => {
      if (people.every((p) => end <= p.start || start >= p.end)) {
        people.push({ text: text.slice(start, end), ...person, start, end });
      }
    };
    for (const hit of find(plain)) {
      const ids = new Set(hit.values.map((v) => v.personId));
      // Every alley may have its 王婶: the own one is meant.
      const meant = ids.size === 1 ? hit.values[0] : nearestTo(hit.values, areaPath);
      add(hit.start, hit.end, {
        relation: 'staff',
        ...(meant ? { personId: meant.personId } : {}),
      });
    }
    const every = (pattern: RegExp, person: (m: RegExpExecArray) => Omit<Person, 'text'>) => {
      for (const m of plain.matchAll(pattern)) add(m.index, m.index + m[0].length, person(m));
    };
    every(staffWords, () => ({ relation: 'staff' }));
    every(neighbours, () => ({ relation: 'neighbour' }));
    every(called, (m) => (m.groups?.['near'] ? { relation: 'neighbour' } : {}));
    every(kin, () => ({ relation: 'kin' }));
    return people
      .sort((a, b) => a.start - b.start)
      .map(({ start: _start, end: _end, ...person }) => person);
  };
};
