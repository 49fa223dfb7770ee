import type { HouseholdView } from '@alley-chief/shared/contract';

/** "槐树胡同 7 号" → "7 号": the alley is the chief's own. */
export const doorOf = (plate: string): string => /(\S+\s*号)$/.exec(plate)?.[1] ?? plate;

/** 4 口人，1 位老人 */
export function familyLine({ members, note }: Pick<HouseholdView, 'members' | 'note'>): string {
  const elders = members.filter((member) => member.elder).length;
  const count = `${members.length} 口人`;
  if (note) return note;
  return elders ? `${count}，${elders} 位老人` : count;
}

/** The members this viewer may ring. */
export const callable = (home: HouseholdView | undefined) =>
  (home?.members ?? []).flatMap((member) =>
    member.person.phone ? [{ ...member, phone: member.person.phone }] : [],
  );
