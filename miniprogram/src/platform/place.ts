import Taro from '@tarojs/taro';
import { isH5 } from './target';

/** WGS-84 degrees. */
export interface Position {
  longitude: number;
  latitude: number;
  /** Metres. */
  accuracy?: number;
}

/**
 * Where the phone is, or undefined when it will not say. WGS-84 on both targets: gcj02 is refused by
 * browsers, and the server converts where a map needs it.
 */
export async function whereAmI(): Promise<Position | undefined> {
  try {
    const found = await Taro.getLocation({ type: 'wgs84' });
    if (typeof found?.latitude !== 'number' || typeof found.longitude !== 'number')
      return undefined;
    return {
      longitude: found.longitude,
      latitude: found.latitude,
      ...(typeof found.accuracy === 'number' && { accuracy: found.accuracy }),
    };
  } catch {
    return undefined;
  }
}

/** Browsers have no built-in map to open. */
export const canOpenMap = !isH5;

/** Shows a place on the phone's map, from where it can be navigated to. */
export function openMap(place: Position & { name: string; address?: string }): void {
  if (!canOpenMap) return;
  Taro.openLocation({ ...place, address: place.address ?? place.name, scale: 17 }).catch(
    () => undefined,
  );
}
