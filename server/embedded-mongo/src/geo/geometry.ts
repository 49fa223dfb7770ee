import { isDocument, isArray } from '../bson/types';
import { isNumber, toDouble } from '../bson/numbers';
import { badValue } from '../errors';

/** Longitude and latitude in degrees. */
export type Position = readonly [number, number];
type Ring = readonly Position[];

/** A geometry taken apart: points, lines, polygons (outer ring first). */
export interface Shape {
  readonly points: readonly Position[];
  readonly lines: readonly Ring[];
  readonly polygons: readonly (readonly Ring[])[];
}

/** Mean earth radius in metres, the one MongoDB uses for `$near`. */
export const EARTH_RADIUS = 6378100;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres. */
export function distance(a: Position, b: Position): number {
  const dLat = (b[1] - a[1]) * RADIANS;
  const dLng = (b[0] - a[0]) * RADIANS;
  const s =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a[1] * RADIANS) * Math.cos(b[1] * RADIANS) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(s)));
}

/** A `[lng, lat]` pair (or `{lng, lat}` document), or undefined. */
export function toPosition(value: unknown): Position | undefined {
  const pair = isArray(value) ? value : isDocument(value) ? Object.values(value) : [];
  const [x, y] = pair;
  return isNumber(x) && isNumber(y) ? [toDouble(x), toDouble(y)] : undefined;
}

function positions(value: unknown): Ring {
  if (!isArray(value)) throw badValue('GeoJSON coordinates must be an array');
  return value.map((item) => {
    const position = toPosition(item);
    if (!position) throw badValue('GeoJSON positions must be arrays of numbers');
    return position;
  });
}

function list(value: unknown): unknown[] {
  if (!isArray(value)) throw badValue('GeoJSON coordinates must be an array');
  return value;
}

/** The corners of a line or ring. @throws BadValue for an edge across the 180th meridian */
function edges(value: unknown): Ring {
  const corners = positions(value);
  for (let i = 1; i < corners.length; i++)
    if (Math.abs(corners[i]![0] - corners[i - 1]![0]) > 180)
      // MongoDB would take the shorter way around the earth; this geometry is flat.
      throw badValue('a line across the 180th meridian is not supported by the embedded database');
  return corners;
}

const rings = (value: unknown) => list(value).map(edges);

/** Reads GeoJSON or a legacy pair; undefined when the value is neither. @throws BadValue */
export function toShape(value: unknown): Shape | undefined {
  const shape = (part: Partial<Shape>): Shape => ({ points: [], lines: [], polygons: [], ...part });
  if (isArray(value) || (isDocument(value) && value.type === undefined)) {
    const position = toPosition(value);
    return position && shape({ points: [position] });
  }
  if (!isDocument(value)) return undefined;
  const { coordinates } = value;
  switch (value.type) {
    case 'Point':
      return shape({ points: positions([coordinates]) });
    case 'MultiPoint':
      return shape({ points: positions(coordinates) });
    case 'LineString':
      return shape({ lines: [edges(coordinates)] });
    case 'MultiLineString':
      return shape({ lines: rings(coordinates) });
    case 'Polygon':
      return shape({ polygons: [rings(coordinates)] });
    case 'MultiPolygon':
      return shape({ polygons: list(coordinates).map(rings) });
    case 'GeometryCollection': {
      const parts = list(value.geometries).map(toShape);
      return shape({
        points: parts.flatMap((p) => p?.points ?? []),
        lines: parts.flatMap((p) => p?.lines ?? []),
        polygons: parts.flatMap((p) => p?.polygons ?? []),
      });
    }
    default:
      return undefined;
  }
}

/** All vertices of a shape. */
export const vertices = (s: Shape): Position[] => [
  ...s.points,
  ...s.lines.flat(),
  ...s.polygons.flat(2),
];

const EPSILON = 1e-12;

function onSegment(p: Position, a: Position, b: Position): boolean {
  const cross = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
  return (
    Math.abs(cross) < EPSILON &&
    p[0] >= Math.min(a[0], b[0]) - EPSILON &&
    p[0] <= Math.max(a[0], b[0]) + EPSILON &&
    p[1] >= Math.min(a[1], b[1]) - EPSILON &&
    p[1] <= Math.max(a[1], b[1]) + EPSILON
  );
}

function onLine(p: Position, line: Ring): boolean {
  for (let i = 1; i < line.length; i++) if (onSegment(p, line[i - 1]!, line[i]!)) return true;
  return false;
}

/** Inside or on the border of a ring (even-odd rule). */
export function inRing(p: Position, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (onSegment(p, b, a)) return true;
    const crosses = a[1] > p[1] !== b[1] > p[1];
    if (crosses && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** Inside the outer ring and not strictly inside a hole. */
export function inPolygon(p: Position, polygon: readonly Ring[]): boolean {
  if (!polygon.length || !inRing(p, polygon[0]!)) return false;
  return !polygon.slice(1).some((hole) => inRing(p, hole) && !onLine(p, hole));
}

function segmentsCross(a: Position, b: Position, c: Position, d: Position): boolean {
  const side = (p: Position, q: Position, r: Position) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return (
    (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) ||
    onSegment(a, c, d) ||
    onSegment(b, c, d) ||
    onSegment(c, a, b) ||
    onSegment(d, a, b)
  );
}

function linesCross(a: Ring, b: Ring): boolean {
  for (let i = 1; i < a.length; i++)
    for (let j = 1; j < b.length; j++)
      if (segmentsCross(a[i - 1]!, a[i]!, b[j - 1]!, b[j]!)) return true;
  return false;
}

function pointTouches(p: Position, s: Shape): boolean {
  return (
    s.points.some((q) => p[0] === q[0] && p[1] === q[1]) ||
    s.lines.some((line) => onLine(p, line)) ||
    s.polygons.some((polygon) => inPolygon(p, polygon))
  );
}

const outlines = (s: Shape) => [...s.lines, ...s.polygons.flat()];

/** Do the shapes have a point in common? (Planar on degrees: right for the size of a county.) */
export function intersects(a: Shape, b: Shape): boolean {
  if (a.points.some((p) => pointTouches(p, b)) || b.points.some((p) => pointTouches(p, a)))
    return true;
  const left = outlines(a);
  const right = outlines(b);
  if (left.some((x) => right.some((y) => linesCross(x, y)))) return true;
  return (
    left.some((line) => line.length > 0 && b.polygons.some((p) => inPolygon(line[0]!, p))) ||
    right.some((line) => line.length > 0 && a.polygons.some((p) => inPolygon(line[0]!, p)))
  );
}

/** Does `inner` lie in one of the polygons? (By its vertices and outline crossings.) */
export function within(inner: Shape, polygons: readonly (readonly Ring[])[]): boolean {
  const all = vertices(inner);
  if (!all.length) return false;
  return (
    polygons.some((polygon) => all.every((p) => inPolygon(p, polygon))) ||
    (inner.points.length === all.length &&
      all.every((p) => polygons.some((polygon) => inPolygon(p, polygon))))
  );
}
