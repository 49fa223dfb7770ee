import { misconduct, neglect, offices } from './lexicon';
import { anyOf, entriesOf } from '../language/phrases';
import type { Knowledge, Matter } from '../types';

/** Who is complained about, and how badly. */
export interface Accusation {
  against: Matter['against'];
  /** `misconduct` decides alone; `neglect` only when nothing else is the matter. */
  weight: 'misconduct' | 'neglect';
  words: string;
}

/** Reads complaints about those in office; `text` as written, `plain` canonical. */
export type AccusationReader = (
  text: string,
  plain: string,
  staff: readonly { text: string; personId?: string }[],
) => Accusation | undefined;

const officePattern = offices.map(([p]) => p).join('|');
const of = (list: string) => entriesOf(list).join('|');
/** The deed stands behind the doer in the same clause, or somebody is reported by name. */
const deedBy = (who: string, deeds: string) =>
  anyOf(
    `(${who})[^,，。！!？?；;\\n]{0,7}(${deeds})|(举报|投诉|告|检举)[^,，。！!？?；;\\n]{0,4}(${who})|(给|跟|向)[^,，。\\n]{0,3}(${who})[^,，。\\n]{0,3}(送|塞)`.replace(
      /\s+/g,
      '',
    ),
  );
const bad = deedBy(officePattern, of(misconduct));
const slack = deedBy(officePattern, of(neglect));
const anywhere = anyOf(misconduct);

export const createAccusationReader = (knowledge: Knowledge): AccusationReader => {
  const roleOf = new Map(knowledge.staff.map((s) => [s.personId, s.role]));

  return (text, plain, staff) => {
    const named = staff.filter((s) => s.personId && roleOf.get(s.personId) !== 'resident');
    const byName = named.some((n) => {
      const at = text.indexOf(n.text);
      return at >= 0 && anywhere.test(plain.slice(at, at + n.text.length + 10));
    });
    const words = bad.exec(plain)?.[0];
    const idle = slack.exec(plain)?.[0];
    if (!words && !byName && !idle) return undefined;

    const against: Matter['against'] = named.map((n) => ({
      text: n.text,
      personId: n.personId!,
      ...(roleOf.get(n.personId!) ? { role: roleOf.get(n.personId!)! } : {}),
    }));
    for (const [pattern, role] of offices) {
      const m = new RegExp(pattern, 'u').exec(plain);
      if (!m?.[0]) continue;
      const said = text.slice(m.index, m.index + m[0].length);
      if (against.some((a) => a.text.includes(said))) continue;
      // 王婶是胡同长: the office belongs to who was named.
      if (role && against.some((a) => a.role === role)) continue;
      against.push({ text: said, ...(role ? { role } : {}) });
      break;
    }
    return {
      against,
      weight: words || byName ? 'misconduct' : 'neglect',
      words: words ?? idle ?? '',
    };
  };
};
