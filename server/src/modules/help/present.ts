import type { CardAction, HelpCard, PersonTile, StatusTag } from '@alley-chief/shared/contract';
import { maskPhone } from '@alley-chief/shared/domain';
import type { HelpDoc } from './model';
import { knowsWho, type Relation } from './relation';

/** The people of a request, phones included: who may see them is decided here. */
export interface HelpFacts {
  elder: PersonTile;
  elderAge: number;
  volunteer?: PersonTile;
}

/** 吴奶奶: what a stranger may call somebody. Never the full name, which callName may fall back to. */
export const neighbourName = (p: {
  name: string;
  surname: string;
  callName: string;
  gender: 'f' | 'm';
  age: number;
}): string => {
  if (p.callName !== p.name) return p.callName;
  if (p.age < 60) return `${p.surname}家`;
  return `${p.surname}${p.gender === 'f' ? '奶奶' : '大爷'}`;
};

const noPhone = ({ phone: _, ...tile }: PersonTile): PersonTile => tile;

/** Phones people write into their own words reach only who may know them. */
export const maskNumbersIn = (text: string): string => text.replace(/\d{7,}/g, maskPhone);

const statusOf = (h: HelpDoc, r: Relation): StatusTag => {
  switch (h.state) {
    case 'open':
      return r.offered ? { text: '等人去', tone: 'free' } : { text: '正在找人', tone: 'wait' };
    case 'accepted':
      return { text: r.holder ? '您去' : '有人去了', tone: 'do' };
    case 'done':
      return { text: r.home ? '您看行不行' : '等家里点头', tone: 'wait' };
    case 'confirmed':
      return { text: '办完', tone: 'done' };
    case 'cancelled':
      return { text: '不用了', tone: 'done' };
  }
};

const button = (
  action: string,
  label: string,
  style: CardAction['style'],
  needs: CardAction['needs'] = [],
): CardAction => ({ action, label, style, needs });

const call = (who: PersonTile | undefined): CardAction[] =>
  who?.phone ? [{ ...button('call', '打电话', 'outline'), phone: who.phone }] : [];

const actionsOf = (h: HelpDoc, r: Relation, facts: HelpFacts): CardAction[] => {
  const mine = r.home || r.asker;
  switch (h.state) {
    case 'open':
      if (r.offered) return [button('accept', '我去', 'filled')];
      return mine ? [button('cancel', '不用了', 'text')] : [];
    case 'accepted':
      if (r.holder) {
        return [
          button('done', '办完了', 'filled'),
          ...call(facts.elder),
          button('release', '去不了了', 'text'),
        ];
      }
      return mine
        ? [...(r.home ? call(facts.volunteer) : []), button('cancel', '不用了', 'text')]
        : [];
    case 'done':
      return r.home
        ? [
            button('confirm', '办好了', 'filled'),
            ...call(facts.volunteer),
            button('cancel', '没办成', 'text'),
          ]
        : [];
    case 'confirmed':
      return r.home && !h.rating ? [button('rate', '打个分', 'filled', ['stars'])] : [];
    case 'cancelled':
      return [];
  }
};

const viewerOf = (r: Relation): HelpCard['viewer'] => {
  if (r.elder) return 'elder';
  if (r.home) return 'family';
  if (r.holder) return 'volunteer';
  if (r.chief) return 'chief';
  return r.offered ? 'volunteer' : 'watcher';
};

/**
 * The request as one viewer may see it. Volunteers read plate and need of what is open; name, age
 * and phone come with accepting, and the phone goes again when it is over.
 * @param distanceMetres from the viewer's home
 */
export const presentHelp = (
  h: HelpDoc,
  facts: HelpFacts,
  r: Relation,
  distanceMetres?: number,
): HelpCard => {
  const known = knowsWho(r);
  const underWay = h.state === 'accepted' || h.state === 'done';
  const mayCall = r.home || r.chief || (r.holder && underWay);
  const stranger: PersonTile = {
    ...noPhone(facts.elder),
    id: h._id,
    name: facts.elder.callName,
  };
  const shown = known ? (mayCall ? facts.elder : noPhone(facts.elder)) : stranger;
  const settled = h.state !== 'open' && !known && !r.asker;
  return {
    id: h._id,
    rev: h.rev,
    type: 'help',
    kind: h.kind,
    title: h.title,
    // Once somebody else goes, the others need not know more.
    note: settled ? '' : known ? h.note : maskNumbersIn(h.note),
    elder: shown,
    elderAge: known ? facts.elderAge : undefined,
    plate: { text: h.plateText, tone: known ? 'solid' : 'outline' },
    distanceMetres,
    when: h.when,
    minutes: h.minutes,
    creditHours: h.creditHours,
    state: h.state,
    status: statusOf(h, r),
    volunteer: volunteerFor(facts.volunteer, r, underWay),
    steps: known ? h.steps : [],
    consent:
      known && h.consent ? { ...h.consent, until: h.consent.until.toISOString() } : undefined,
    rating: known ? h.rating : undefined,
    viewer: viewerOf(r),
    actions: actionsOf(h, r, facts),
  };
};

const volunteerFor = (
  volunteer: PersonTile | undefined,
  r: Relation,
  underWay: boolean,
): PersonTile | undefined => {
  if (!volunteer || !(knowsWho(r) || r.asker)) return undefined;
  return (r.home || r.chief) && underWay ? volunteer : noPhone(volunteer);
};
