import { ancestorPaths, isWithin } from '@alley-chief/shared/domain';
import type { CaseDraft } from '../modules/case/build';
import type { AreaDoc } from '../modules/directory/model';
import type { DirectoryService } from '../modules/directory/service';
import type { Matter, Place } from '../understanding/types';
import { wordsOf, type Situation } from './context';

export type Where = Pick<
  CaseDraft,
  'areaPath' | 'placeSource' | 'placeText' | 'plateText' | 'point'
>;

type Ground = Pick<Situation, 'household' | 'message'>;

/** What a plate holds on the narrowest phone. */
const plateLimit = 18;
const onPlate = (text: string): string =>
  text.length <= plateLimit ? text : `${text.slice(0, plateLimit - 1)}…`;

/**
 * Where a matter is: a named place wins over the phone's position, that over the home. Words that
 * name no area (村口, 屋后) keep the home's area, and are what the worker reads.
 */
export const whereIs = async (
  m: Pick<Matter, 'entities' | 'text'>,
  s: Ground,
  directory: DirectoryService,
): Promise<Where> => {
  const { areas, areasByPath } = await directory.staff();
  const places = m.entities.places;
  const named = places.find((p) => !p.own && p.areaId);
  const area = named?.areaId ? areas.get(named.areaId) : undefined;
  if (named && area) {
    const around = isWithin(s.household.areaPath, area.path);
    // A wider name around the own home ("咱村") says less than the home itself, unless it says more.
    if (!around || named.landmarkId || named.detail || named.doorNo) {
      return {
        areaPath: around ? s.household.areaPath : area.path,
        placeSource: 'named',
        placeText: named.text,
        plateText: onPlate(plateOf(named, area)),
      };
    }
  }
  const at = s.message.location;
  if (at) {
    const found = await directory.areaAt(at.longitude, at.latitude);
    if (found) {
      const name = at.name ?? found.name;
      return {
        areaPath: found.path,
        placeSource: 'located',
        placeText: name,
        plateText: name,
        point: { longitude: at.longitude, latitude: at.latitude },
      };
    }
  }
  return { ...fromHome(m, s, areasByPath), areaPath: s.household.areaPath, placeSource: 'home' };
};

/** What an answer to “在哪儿” says of the place: whoever comes reads it where the door plate stood. */
export const placeSaid = async (
  s: Situation,
  directory: DirectoryService,
): Promise<{ placeText?: string; plateText?: string }> => {
  const placeText = wordsOf(s.message);
  const said = s.understanding.matters.find((m) => m.entities.places.length > 0);
  if (!placeText || !said) return placeText ? { placeText } : {};
  const { plateText } = await whereIs(said, s, directory);
  return { placeText, plateText };
};

/** 槐树胡同 7 号, as the plates at the doors have it, whenever an alley and a door are named. */
const plateOf = (place: Place, area: AreaDoc): string =>
  area.kind === 'alley' && place.doorNo && !place.landmarkId
    ? `${area.name} ${place.doorNo} 号`
    : place.text;

/** Inside the home the door plate says enough. */
const outside =
  /(?:门口|门前|屋后|后头|后面|前头|前面|房后|[东南西北]边|[东西]头|跟前|旁边|对面|对过|隔壁|附近|后墙|地里|地头).*$/u;

const fromHome = (
  m: Pick<Matter, 'entities' | 'text'>,
  s: Ground,
  areas: ReadonlyMap<string, AreaDoc>,
): Pick<Where, 'placeText' | 'plateText'> => {
  const { plate, areaPath } = s.household;
  const unnamed = m.entities.places.filter((p) => !p.areaId);
  const spot = unnamed.find((p) => !p.own);
  if (spot) {
    const ground = ancestorPaths(areaPath).flatMap((path) => areas.get(path) ?? []);
    const alley = ground.find((a) => a.path === areaPath)?.name ?? '';
    const village = ground.find((a) => a.kind === 'village' || a.kind === 'community')?.name ?? '';
    return { placeText: spot.text, plateText: onPlate(spotOf(spot, alley, village)) };
  }
  const own = unnamed.find((p) => p.own)?.text;
  const door = /门口/.test(m.text) ? `${plate}门口` : plate;
  // 俺家屋后 is said of the own home: the door plate says whose.
  const beside = outside.exec(own ?? '')?.[0] ?? '';
  return {
    placeText: own ?? door,
    plateText: onPlate(beside ? `${plate}${beside}` : door),
  };
};

/** 村口 -> 柳沟村口, 胡同口 -> 槐树胡同口, 12号 -> 槐树胡同 12 号, 学校门口 -> 柳沟村学校门口. */
const spotOf = (spot: Place, alley: string, village: string): string => {
  if (spot.doorNo) return `${alley} ${spot.doorNo} 号`;
  if (spot.text.startsWith('胡同')) return `${alley.replace(/胡同$/u, '')}${spot.text}`;
  if (/^[村庄]/u.test(spot.text)) return `${village.replace(/村$/u, '')}${spot.text}`;
  return `${village}${spot.text}`;
};
