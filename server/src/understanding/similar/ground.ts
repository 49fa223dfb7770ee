import type { NamedPlaces } from './places';
import type { Reach } from './spread';
import type { Report } from './types';

/** What two places say about two reports being one. */
export interface Nearness {
  /** 0..1, 0: elsewhere. */
  score: number;
  /** Not close enough to join without a person. */
  doubtful: boolean;
  reason?: string;
}

/** Segments of a path: city, township, village, grid, alley. */
const depth = { village: 3, grid: 4, alley: 5 } as const;
const metresPerDegree = 111_320;
/** Up to here a pin is the same spot; phones in alleys are off by some ten metres. */
const sameSpot = 60;
const around = 200;
/** Doors alternate sides: four numbers on are two houses down. */
const nextDoor = 2;
const fewDoors = 4;

const elsewhere: Nearness = { score: 0, doubtful: false };

const segments = (path: string): string[] => path.split('/').filter(Boolean);

/** How many levels two paths share, and how many the shorter of them has. */
const sharedLevels = (a: string, b: string): { shared: number; known: number } => {
  const [x, y] = [segments(a), segments(b)];
  const known = Math.min(x.length, y.length);
  let shared = 0;
  while (shared < known && x[shared] === y[shared]) shared++;
  return { shared, known };
};

/** Metres, exact enough within a town. */
export const metresBetween = (
  a: NonNullable<Report['point']>,
  b: NonNullable<Report['point']>,
): number => {
  const mid = (((a.latitude + b.latitude) / 2) * Math.PI) / 180;
  const dx = (a.longitude - b.longitude) * Math.cos(mid);
  const dy = a.latitude - b.latitude;
  return Math.hypot(dx, dy) * metresPerDegree;
};

const levelName = (shared: number): string =>
  shared >= depth.alley ? '同一条胡同' : shared >= depth.grid ? '同一个网格' : '同一个村';

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): string | undefined =>
  [...a].find((s) => b.has(s) && !s.startsWith('胡同:'));

const spoken = (spot: string): string => spot.replace(/^楼:(\d+)$/, '$1 号楼');

/** Whether two reports of a matter that reaches so far can have one cause, by where they are. */
export const nearness = (
  reach: Reach,
  [a, pa]: readonly [Report, NamedPlaces],
  [b, pb]: readonly [Report, NamedPlaces],
): Nearness => {
  const { shared, known } = sharedLevels(a.areaPath, b.areaPath);
  // Nothing spreads beyond its village: another village has another chief and another worker.
  if (shared < depth.village) return elsewhere;
  const common = meet(pa.spots, pb.spots);
  const apart = pa.spots.size > 0 && pb.spots.size > 0 && !common && !sameAlleyNamed(pa, pb);
  if (reach === 'village' || reach === 'grid') return wide(reach, shared, known, apart, pa, pb);
  if (apart) return elsewhere;
  if (a.point && b.point) {
    const metres = metresBetween(a.point, b.point);
    if (metres <= sameSpot) {
      return { score: 1, doubtful: false, reason: `相距 ${Math.round(metres / 10) * 10} 米` };
    }
    if (metres > around) return elsewhere;
    return { score: 0.7, doubtful: true, reason: `相距 ${Math.round(metres / 10) * 10} 米` };
  }
  if (common) return { score: 0.95, doubtful: false, reason: `都在${spoken(common)}` };
  // Only one of them says which spot it means.
  const oneSided = pa.spots.size > 0 !== pb.spots.size > 0 && !sameAlleyNamed(pa, pb);
  if (shared < depth.alley) return elsewhere;
  const reason = levelName(shared);
  if (oneSided) return { score: 0.55, doubtful: true, reason };
  return byDoor(reach, pa, pb, reason);
};

/** The alley named in words is a place both may name beside where in it. */
const sameAlleyNamed = (a: NamedPlaces, b: NamedPlaces): boolean => {
  const alleys = (p: NamedPlaces) => [...p.spots].filter((s) => s.startsWith('胡同:'));
  const only = (p: NamedPlaces) => alleys(p).length === p.spots.size;
  return (only(a) || only(b)) && alleys(a).every((s) => alleys(b).includes(s) || !alleys(b).length);
};

const wide = (
  reach: 'village' | 'grid',
  shared: number,
  known: number,
  apart: boolean,
  pa: NamedPlaces,
  pb: NamedPlaces,
): Nearness => {
  const reason = levelName(shared);
  if (shared >= depth.alley) return { score: 1, doubtful: apart, reason };
  const narrow = reach === 'grid' && shared < depth.grid;
  // One of them speaks of the village as a whole.
  if (narrow) return known < depth.grid ? { score: 0.7, doubtful: true, reason } : elsewhere;
  // Who speaks of the own house only may have blown a fuse.
  const own = shared < depth.grid && (pa.own || pb.own);
  return { score: shared >= depth.grid ? 0.9 : 0.8, doubtful: apart || own, reason };
};

const byDoor = (reach: Reach, pa: NamedPlaces, pb: NamedPlaces, reason: string): Nearness => {
  if (pa.broad || pb.broad) return { score: 0.9, doubtful: reach === 'spot', reason };
  if (pa.doorNo === undefined || pb.doorNo === undefined) {
    return { score: 0.8, doubtful: reach === 'spot', reason };
  }
  const doors = Math.abs(pa.doorNo - pb.doorNo);
  if (doors <= nextDoor) return { score: 1, doubtful: false, reason };
  if (reach === 'spot')
    return doors <= fewDoors ? { score: 0.6, doubtful: true, reason } : elsewhere;
  return doors <= fewDoors
    ? { score: 0.9, doubtful: false, reason }
    : { score: 0.7, doubtful: true, reason };
};
