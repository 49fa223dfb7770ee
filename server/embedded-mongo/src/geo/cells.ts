import type { Position } from './geometry';
import { toShape, vertices } from './geometry';
import { badValue } from '../errors';

/** Longitude/latitude box. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** 22 quarterings of the globe: cells of about 10 metres. */
const MAX_LEVEL = 22;
const MAX_CELLS = 8;

/** The quadkey (one digit 0-3 a level) of the cell with the given column and row. */
function quadkey(column: number, row: number, level: number): string {
  let key = '';
  for (let bit = level - 1; bit >= 0; bit--)
    key += String(((column >> bit) & 1) | (((row >> bit) & 1) << 1));
  return key;
}

const clamp = (n: number, max: number) => Math.max(0, Math.min(max, Math.floor(n)));

/** At most eight cells that together cover the box, as fine as that allows. */
export function boxCells(box: Box): string[] {
  for (let level = MAX_LEVEL; level >= 0; level--) {
    const size = 2 ** level;
    const c0 = clamp(((box.west + 180) / 360) * size, size - 1);
    const c1 = clamp(((box.east + 180) / 360) * size, size - 1);
    const r0 = clamp(((box.south + 90) / 180) * size, size - 1);
    const r1 = clamp(((box.north + 90) / 180) * size, size - 1);
    if ((c1 - c0 + 1) * (r1 - r0 + 1) > MAX_CELLS) continue;
    const cells: string[] = [];
    for (let c = c0; c <= c1; c++) for (let r = r0; r <= r1; r++) cells.push(quadkey(c, r, level));
    return cells;
  }
  return [''];
}

/** The box around positions. */
export function boundingBox(positions: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return { west, south, east, north };
}

/**
 * The cells under which a geometry is indexed.
 * @throws MongoError when the value is no geometry, as MongoDB refuses to index it.
 */
export function coveringCells(value: unknown): string[] {
  const shape = toShape(value);
  const all = shape && vertices(shape);
  if (!all?.length) throw badValue("Can't extract geo keys: unknown GeoJSON type or coordinates");
  for (const [lng, lat] of all)
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90))
      throw badValue(
        `Can't extract geo keys: longitude/latitude is out of bounds, lng: ${lng} lat: ${lat}`,
      );
  return boxCells(boundingBox(all));
}
