import { isWithin } from '@alley-chief/shared/domain';
import type { Knowledge, Place } from '../types';
import { createGazetteer, type Named } from './gazetteer';
import { numberOf } from './numbers';
import { beside, home, houses, ownHome, spots } from './spots';

interface Target {
  areaId: string;
  path?: string;
  landmarkId?: string;
}

/** A run of words that says where, before runs that belong together are joined. */
interface Part {
  start: number;
  end: number;
  /** Where the name of an area or landmark ends in it. */
  nameEnd?: number;
  targets: readonly Target[];
  doorNo?: number;
  own: boolean;
}

const door =
  /(?<![\d月.\-楼栋])(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?!线|楼|窗|店|机|卡|令|天|下午|上午|晚上|早上|前|后天|那天|左右|凌晨|中午|到|开|来|去|了)(院|门口|门|家|户|后沟|屋后|西边|东边|对面|对过)?/gu;
/** What may follow a name and belongs to it. */
const tail = new RegExp(
  `^(?:里头?|的)?(\\d{1,3}|[一二三四五六七八九十]{1,3})号(?:院|门口|门|家|后沟)?|^(?:(?!那)(?:${beside})|[东西南北]头|口|里头?|中间)`,
  'u',
);
/** What may stand between two parts of one place. */
const joints = /^[的 ]?$/u;

/** Reads where; `areaPath` is the alley the reporter lives in. */
export type PlaceReader = (text: string, plain: string, areaPath: string | undefined) => Place[];

/** Built once from the names of the ground. @param read makes names canonical, as the text is */
export const createPlaceReader = (
  { places, landmarks = [] }: Knowledge,
  read: (name: string) => string,
): PlaceReader => {
  const paths = new Map(places.map((p) => [p.areaId, p.path]));
  const villages = places
    .filter((p) => p.path && (p.kind === 'village' || p.kind === 'community'))
    .map((p) => p.path!);
  const villageOf = (path: string) => villages.find((v) => isWithin(path, v));
  const find = createGazetteer([
    ...places.flatMap(({ areaId, name, path }) =>
      namesOf(name).map((n): Named<Target> => ({
        name: read(n),
        value: { areaId, ...(path ? { path } : {}) },
      })),
    ),
    ...landmarks.flatMap(({ landmarkId, areaId, name, aliases }) => {
      const path = paths.get(areaId);
      const value: Target = { areaId, landmarkId, ...(path ? { path } : {}) };
      return [name, ...aliases].map((n): Named<Target> => ({ name: read(n), value }));
    }),
  ]);

  /** Every village has its old tree: a landmark elsewhere is not meant unless that village is named. */
  const within = (targets: readonly Target[], areaPath: string | undefined): Target[] => {
    const village = areaPath && villageOf(areaPath);
    return targets.filter((t) => !t.landmarkId || !village || !t.path || isWithin(t.path, village));
  };

  const partsIn = (plain: string): Part[] => {
    const parts: Part[] = [];
    const add = (part: Part): void => {
      if (parts.every((p) => part.end <= p.start || part.start >= p.end)) parts.push(part);
    };
    for (const hit of find(plain)) {
      const rest = tail.exec(plain.slice(hit.end));
      const doorNo = rest?.[1] ? numberOf(rest[1]) : undefined;
      add({
        start: hit.start,
        end: hit.end + (rest?.[0].length ?? 0),
        nameEnd: hit.end,
        targets: hit.values,
        ...(doorNo ? { doorNo } : {}),
        own: false,
      });
    }
    for (const m of plain.matchAll(door)) {
      const doorNo = numberOf(m[1] ?? '');
      if (doorNo) add({ ...rangeOf(m), targets: [], doorNo, own: false });
    }
    for (const [pattern, own] of [
      [houses, false],
      [ownHome, true],
      [spots, false],
      [home, true],
    ] as const) {
      for (const m of plain.matchAll(pattern)) add({ ...rangeOf(m), targets: [], own });
    }
    return parts.sort((a, b) => a.start - b.start);
  };

  return (text, plain, areaPath) => {
    const chains: Part[][] = [];
    for (const part of partsIn(plain)) {
      const chain = chains.at(-1);
      const last = chain?.at(-1);
      if (chain && last && joints.test(plain.slice(last.end, part.start)) && fits(chain, part)) {
        chain.push(part);
      } else chains.push([part]);
    }
    return chains.map((chain): Place => {
      const start = chain[0]!.start;
      const end = chain.at(-1)!.end;
      const known = resolve(chain, areaPath, within);
      const doorNo = chain.find((p) => p.doorNo)?.doorNo;
      const detail = known && text.slice(known.end, end).replace(/^[的 ]+/u, '');
      return {
        text: text.slice(start, end),
        ...(known ? { areaId: known.target.areaId } : {}),
        ...(known?.target.landmarkId ? { landmarkId: known.target.landmarkId } : {}),
        ...(doorNo ? { doorNo } : {}),
        ...(detail ? { detail } : {}),
        own: chain.some((p) => p.own),
      };
    });
  };
};

const rangeOf = (m: RegExpExecArray) => ({ start: m.index, end: m.index + m[0].length });

/** An area by its name and by what people leave off: 柳沟 for 柳沟村, 沈庄01网格 without blanks. */
const namesOf = (name: string): string[] => {
  const stem = name.replace(/(?:村|社区|镇|乡|胡同|市)$/u, '');
  // An alley's stem alone (东头, 后街) would be heard everywhere.
  const short = !name.endsWith('胡同') && stem.length >= 2 ? [stem] : [];
  return [...new Set([name, name.replaceAll(' ', ''), ...short])];
};

/** 柳沟 and then 沈庄 are two places, 柳沟 and then its 槐树胡同 are one. Home ends a place. */
const fits = (chain: readonly Part[], part: Part): boolean => {
  if (part.own) return false;
  if (part.targets.length === 0) return true;
  if (chain.some((p) => p.own)) return false;
  const wider = chain.findLast((p) => p.targets.length > 0);
  return !wider || inside(part.targets, wider.targets).length > 0;
};

const inside = (targets: readonly Target[], wider: readonly Target[]): Target[] =>
  targets.filter((t) =>
    wider.some((w) => t.path && w.path && t.areaId !== w.areaId && isWithin(t.path, w.path)),
  );

/** The innermost name that says one area, and where it ends. */
const resolve = (
  chain: readonly Part[],
  areaPath: string | undefined,
  within: (targets: readonly Target[], areaPath: string | undefined) => Target[],
): { target: Target; end: number } | undefined => {
  let known: { target: Target; end: number } | undefined;
  let wider: readonly Target[] | undefined;
  for (const part of chain) {
    if (part.targets.length === 0) continue;
    const possible = wider ? inside(part.targets, wider) : within(part.targets, areaPath);
    const target = possible.length === 1 ? possible[0] : nearestTo(possible, areaPath);
    if (target) known = { target, end: part.nameEnd ?? part.end };
    wider = part.targets;
  }
  return known;
};

/** The only one that shares more of the reporter's path than all others. */
export const nearestTo = <T extends { path?: string }>(
  candidates: readonly T[],
  areaPath: string | undefined,
): T | undefined => {
  if (!areaPath) return undefined;
  const home = areaPath.split('/');
  const shared = (path: string | undefined): number => {
    const steps = path?.split('/') ?? [];
    const apart = steps.findIndex((s, i) => s !== home[i]);
    return apart < 0 ? steps.length : apart;
  };
  const ranked = candidates
    .map((c) => ({ c, share: shared(c.path) }))
    .sort((a, b) => b.share - a.share);
  const [first, second] = ranked;
  return first && (!second || first.share > second.share) ? first.c : undefined;
};
