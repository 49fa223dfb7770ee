import type { LandmarkDoc } from '../../modules/directory/model';
import type { TownData } from './types';

/** What people of the demo's alleys call their spots, by alley. Invented. */
const spots: Record<string, [name: string, ...aliases: string[]][]> = {
  'lg03-hs': [
    ['老槐树底下', '大槐树底下', '槐树根儿'],
    ['二狗家小卖部', '二狗商店', '二狗超市'],
    ['南头大坑', '南大坑', '南坑沿'],
  ],
  'lg03-jt': [['老井台', '井台子']],
  'lg02-xx': [['老学堂', '旧学校', '学堂院']],
  'lg01-sm': [['碾盘场', '碾盘那儿']],
  'sz01-yf': [['老油坊', '油坊院']],
  'sz03-bk': [['北大坑', '北坑沿']],
  'pz03-hy': [['小石桥', '石板桥']],
  'pz02-xm': [['西寨门', '寨门口']],
  'dg01-st': [['水塔院', '大水塔']],
  'dg03-gs': [['唢呐班门口', '鼓手家门口']],
};

/** As the chief of each alley would have added them before `at`. */
export const landmarksOf = (town: TownData, at: Date): LandmarkDoc[] =>
  town.areas.flatMap((area) =>
    (spots[area.id] ?? []).map(([name, ...aliases], i) => ({
      _id: `k-${area.id}-${i}`,
      name,
      aliases,
      areaId: area.id,
      areaPath: area.path,
      live: true as const,
      addedById: chiefOf(town, area.path),
      addedAt: at,
    })),
  );

const chiefOf = (town: TownData, areaPath: string): string => {
  const chief = town.people.find((p) =>
    p.roles.some((g) => g.role === 'alleyChief' && g.areaPath === areaPath),
  );
  if (!chief) throw new Error(`nobody keeps the landmarks of ${areaPath}`);
  return chief.id;
};
