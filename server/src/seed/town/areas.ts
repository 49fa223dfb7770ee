import { at, ring, within, type Part, type Quad } from './geometry';
import type { Random } from './random';
import type { Area, Position } from './types';

interface VillagePlan {
  slug: string;
  name: string;
  kind: 'village' | 'community';
  part: Part;
  /** Surnames of the village's old families. */
  clans: string[];
  /** Grids 01, 02, 03 with their alleys [slug, name]. */
  grids: [string, string][][];
}

/** Where the villages lie and what their alleys are called. Invented, in the manner of the plain. */
export const villages: VillagePlan[] = [
  {
    slug: 'lg',
    name: '柳沟村',
    kind: 'village',
    part: { u: [0.06, 0.48], v: [0.52, 0.95] },
    clans: ['王', '李', '赵', '孙', '周'],
    grids: [
      [
        ['dt', '东头胡同'],
        ['sm', '石磨胡同'],
        ['zs', '枣树胡同'],
      ],
      [
        ['ct', '祠堂胡同'],
        ['ys', '榆树胡同'],
        ['xx', '学堂胡同'],
      ],
      [
        ['hs', '槐树胡同'],
        ['ly', '柳叶胡同'],
        ['jt', '井台胡同'],
      ],
    ],
  },
  {
    slug: 'sz',
    name: '沈庄村',
    kind: 'village',
    part: { u: [0.53, 0.95], v: [0.54, 0.94] },
    clans: ['沈', '郭', '刘', '杨'],
    grids: [
      [
        ['sj', '沈家胡同'],
        ['ss', '桑树胡同'],
        ['yf', '油坊胡同'],
      ],
      [
        ['nc', '南场胡同'],
        ['cs', '椿树胡同'],
        ['cm', '车马胡同'],
      ],
      [
        ['bk', '北坑胡同'],
        ['sh', '柿子胡同'],
        ['df', '豆腐胡同'],
      ],
    ],
  },
  {
    slug: 'pz',
    name: '潘庄村',
    kind: 'village',
    part: { u: [0.05, 0.47], v: [0.05, 0.47] },
    clans: ['潘', '张', '马', '韩'],
    grids: [
      [
        ['pj', '潘家胡同'],
        ['mf', '磨坊胡同'],
        ['xh', '杏花胡同'],
      ],
      [
        ['xm', '西门胡同'],
        ['ly', '梨园胡同'],
        ['tj', '铁匠胡同'],
      ],
      [
        ['hy', '河沿胡同'],
        ['wt', '苇塘胡同'],
        ['zg', '竹竿胡同'],
      ],
    ],
  },
  {
    slug: 'dg',
    name: '东关社区',
    kind: 'community',
    part: { u: [0.54, 0.95], v: [0.06, 0.48] },
    clans: ['陈', '高', '宋', '朱', '徐'],
    grids: [
      [
        ['st', '水塔胡同'],
        ['zl', '钟楼胡同'],
        ['rf', '染坊胡同'],
      ],
      [
        ['zj', '皂角胡同'],
        ['ls', '楝树胡同'],
        ['cy', '菜园胡同'],
      ],
      [
        ['hj', '后街胡同'],
        ['ty', '桐荫胡同'],
        ['gs', '鼓手胡同'],
      ],
    ],
  },
];

export const cityPath = '/xc/';
export const townshipPath = '/xc/dj/';

/** About 40 km by 40 km and, in its middle, about 6 km by 6 km. */
const cityQuad: Quad = [
  [114.68, 33.26],
  [115.11, 33.245],
  [115.125, 33.61],
  [114.69, 33.625],
];
const townshipQuad: Quad = [
  [114.868, 33.414],
  [114.931, 33.412],
  [114.934, 33.466],
  [114.87, 33.468],
];

/** An alley with what the generator of households needs. */
export interface Alley {
  area: Area;
  clans: string[];
  /** A place at the alley's side for each door: odd doors on one side, even doors on the other. */
  doorAt(doorNo: number, doors: number): Position;
}

/** The ground from the city down to the alleys, every polygon inside its parent's. */
export const buildAreas = (random: Random): { areas: Area[]; alleys: Alley[] } => {
  const areas: Area[] = [];
  const alleys: Alley[] = [];
  const add = (area: Omit<Area, 'polygon'>, quad: Quad): Area => {
    const full = { ...area, polygon: [ring(quad)] };
    areas.push(full);
    return full;
  };

  add({ id: 'xc', kind: 'city', name: '项城市', path: cityPath }, cityQuad);
  add(
    { id: 'dj', kind: 'township', name: '丁集镇', path: townshipPath, parentId: 'xc' },
    townshipQuad,
  );

  for (const village of villages) {
    const { slug, name, kind, part, clans } = village;
    const villagePath = `${townshipPath}${slug}/`;
    const villageQuad = within(townshipQuad, part, random);
    add({ id: slug, kind, name, path: villagePath, parentId: 'dj' }, villageQuad);

    village.grids.forEach((alleyNames, g) => {
      const no = `0${g + 1}`;
      const gridId = `${slug}${no}`;
      const gridPath = `${villagePath}${no}/`;
      // Grids share out the whole village, fields included: a pin in a field still has a worker.
      const gridQuad = within(
        villageQuad,
        { u: [0.02, 0.98], v: [0.02 + g * 0.32, 0.33 + g * 0.32] },
        random,
        0.03,
      );
      add(
        {
          id: gridId,
          kind: 'grid',
          name: `${name.slice(0, 2)} ${no} 网格`,
          path: gridPath,
          parentId: slug,
        },
        gridQuad,
      );

      alleyNames.forEach(([alleySlug, alleyName], a) => {
        const quad = within(
          gridQuad,
          { u: [0.2 + a * 0.21, 0.39 + a * 0.21], v: [0.25, 0.75] },
          random,
        );
        const area = add(
          {
            id: `${gridId}-${alleySlug}`,
            kind: 'alley',
            name: alleyName,
            path: `${gridPath}${alleySlug}/`,
            parentId: gridId,
          },
          quad,
        );
        alleys.push({
          area,
          clans,
          doorAt: (doorNo, doors) => {
            const row = Math.floor((doorNo - 1) / 2);
            const rows = Math.ceil(doors / 2);
            const v = 0.1 + (0.8 * (row + 0.5)) / rows + (random.next() - 0.5) * 0.02;
            const u = (doorNo % 2 === 1 ? 0.34 : 0.66) + (random.next() - 0.5) * 0.06;
            return at(quad, u, v);
          },
        });
      });
    });
  }
  return { areas, alleys };
};
