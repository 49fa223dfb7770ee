import type { LinkedMatter, Necessity, ServiceBundle, ServiceMaterial } from './types';

type MaterialRow = [key: string, name: string, necessity: Necessity | 'waived', hint: string];

interface Guide {
  days?: number;
  materials: MaterialRow[];
  linked?: [name: string, days?: number, unit?: string][];
  note?: string;
}

const material = ([key, name, necessity, hint]: MaterialRow): ServiceMaterial => ({
  key,
  name,
  necessity: necessity === 'waived' ? 'required' : necessity,
  waivedByELicence: necessity === 'waived',
  hint,
});

const matter = ([name, days, unit]: [string, number?, string?]): LinkedMatter => ({
  name,
  ...(unit ? { unit } : {}),
  ...(days ? { days } : {}),
});

/** One bundle; without a guide only its name and departments are known. */
export const bundle = (
  id: string,
  name: string,
  audience: ServiceBundle['audience'],
  lead: string,
  co: string[],
  guide?: Guide,
): ServiceBundle => ({
  id,
  name,
  audience,
  lead,
  co,
  ...(guide?.days ? { promisedWorkingDays: guide.days } : {}),
  materials: (guide?.materials ?? []).map(material),
  linkedMatters: (guide?.linked ?? []).map(matter),
  hasGuide: guide !== undefined,
  trips: 1,
  fee: '不收费',
  sample: true,
  ...(guide?.note ? { note: guide.note } : {}),
});

/** Hints that say the same everywhere. */
export const hints = {
  form: '窗口有空白的，到了现场填',
  pledge: '窗口有空白的，看清楚再签字',
  idCard: '带本人的原件',
  idWaived: '系统里有，不用您带',
  hukou: '带家里的户口本原件',
  photo: '镇上照相馆能照，要近期的',
  bank: '带本人名下的，能正常用的',
  residence: '派出所户籍窗口办',
} as const;
