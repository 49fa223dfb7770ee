import type { Document } from '../bson/types';
import { isDocument, isOperatorObject } from '../bson/types';
import { isNumber, toDouble } from '../bson/numbers';
import { badValue } from '../errors';
import { getPath, pathValues } from '../query/paths';
import type { Box } from './cells';
import { boundingBox } from './cells';
import type { Position, Shape } from './geometry';
import {
  distance,
  EARTH_RADIUS,
  inRing,
  intersects,
  toPosition,
  toShape,
  vertices,
  within,
} from './geometry';

type ShapeTest = (shape: Shape) => boolean;

/** Geometries at a path: the value, or each element of an array of geometries. */
function shapesAt(doc: Document, parts: readonly string[]): Shape[] {
  return pathValues(doc, parts).flatMap((value) => {
    const many = Array.isArray(value) && !isNumber(value[0]) ? value : [value];
    return many.map(safeShape).filter((s) => s !== undefined);
  });
}

function safeShape(value: unknown): Shape | undefined {
  try {
    return toShape(value);
  } catch {
    return undefined;
  }
}

/** Test for `$geoIntersects` and `$geoWithin`. */
export function compileGeo(
  parts: readonly string[],
  operator: string,
  operand: unknown,
): (doc: Document) => boolean {
  if (!isDocument(operand)) throw badValue(`${operator} needs an object`);
  const test = operator === '$geoIntersects' ? intersectTest(operand) : withinTest(operand);
  return (doc) => shapesAt(doc, parts).some(test);
}

function geometryOf(operand: Document): Shape {
  const shape = toShape(operand.$geometry);
  if (!shape) throw badValue('unknown GeoJSON type in $geometry');
  return shape;
}

function intersectTest(operand: Document): ShapeTest {
  const wanted = geometryOf(operand);
  return (shape) => intersects(shape, wanted);
}

function withinTest(operand: Document): ShapeTest {
  if (operand.$geometry !== undefined) {
    const { polygons } = geometryOf(operand);
    if (!polygons.length) throw badValue('$geoWithin needs a Polygon or MultiPolygon');
    return (shape) => within(shape, polygons);
  }
  const all =
    (test: (p: Position) => boolean): ShapeTest =>
    (shape) =>
      vertices(shape).every(test);
  const flat = flatRegion(operand);
  if (flat?.kind === 'ring') return all((p) => inRing(p, flat.ring));
  if (flat?.kind === 'circle')
    return all((p) =>
      flat.sphere
        ? distance(p, flat.centre) / EARTH_RADIUS <= flat.radius
        : Math.hypot(p[0] - flat.centre[0], p[1] - flat.centre[1]) <= flat.radius,
    );
  throw badValue('$geoWithin has an unknown shape');
}

type Region =
  | { kind: 'ring'; ring: Position[] }
  | { kind: 'circle'; centre: Position; radius: number; sphere: boolean };

function flatRegion(operand: Document): Region | undefined {
  const need = (value: unknown): Position => {
    const position = toPosition(value);
    if (!position) throw badValue('a geo shape needs [x, y] positions');
    return position;
  };
  const items = (value: unknown): unknown[] => {
    if (!Array.isArray(value)) throw badValue('a geo shape needs an array');
    return value;
  };
  if (operand.$box) {
    const [a, b] = items(operand.$box).map(need) as [Position, Position];
    return { kind: 'ring', ring: [a, [b[0], a[1]], b, [a[0], b[1]]] };
  }
  if (operand.$polygon) return { kind: 'ring', ring: items(operand.$polygon).map(need) };
  const circle = operand.$centerSphere ?? operand.$center;
  if (!circle) return undefined;
  const [centre, radius] = items(circle);
  return {
    kind: 'circle',
    centre: need(centre),
    radius: toDouble(radius),
    sphere: operand.$centerSphere !== undefined,
  };
}

/** A box outside which nothing can match, for the index; undefined when there is no such box. */
export function queryBox(condition: Document): Box | undefined {
  const operand = condition.$geoIntersects ?? condition.$geoWithin;
  if (!isDocument(operand)) return undefined;
  if (operand.$geometry !== undefined) return boundingBox(vertices(geometryOf(operand)));
  const region = flatRegion(operand);
  if (!region) return undefined;
  if (region.kind === 'ring') return boundingBox(region.ring);
  return region.sphere
    ? circleBox(region.centre, region.radius * EARTH_RADIUS)
    : {
        west: region.centre[0] - region.radius,
        east: region.centre[0] + region.radius,
        south: region.centre[1] - region.radius,
        north: region.centre[1] + region.radius,
      };
}

/** The box around a circle of `metres`; undefined where it would reach a pole or the date line. */
export function circleBox(centre: Position, metres: number): Box | undefined {
  const lat = (metres / EARTH_RADIUS) * (180 / Math.PI) * 1.001 + 1e-9;
  const north = centre[1] + lat;
  const south = centre[1] - lat;
  const widest = Math.max(Math.abs(north), Math.abs(south));
  if (widest >= 89) return undefined;
  const lng = lat / Math.cos((widest * Math.PI) / 180);
  const box = { west: centre[0] - lng, east: centre[0] + lng, south, north };
  return box.west < -180 || box.east > 180 ? undefined : box;
}

/** `$near` / `$nearSphere`, taken out of a filter. */
export interface Near {
  readonly path: string;
  readonly centre: Position;
  readonly sphere: boolean;
  readonly min: number;
  readonly max: number;
}

/** Splits a filter into its `$near` condition and the rest. */
export function extractNear(filter: Document): { near: Near; rest: Document } | undefined {
  for (const path of Object.keys(filter)) {
    const condition = filter[path];
    if (!isOperatorObject(condition)) continue;
    const operand = condition.$near ?? condition.$nearSphere;
    if (operand === undefined) continue;
    const { [path]: _, ...rest } = filter;
    return { near: parseNear(path, condition, operand), rest };
  }
  return undefined;
}

function parseNear(path: string, condition: Document, operand: unknown): Near {
  const bare = isDocument(operand) && typeof operand.type === 'string';
  const geometry = bare ? operand : isDocument(operand) ? operand.$geometry : undefined;
  const shape = geometry === undefined ? undefined : toShape(geometry);
  const centre = geometry === undefined ? toPosition(operand) : shape?.points[0];
  if (!centre) throw badValue('$near requires a point, given as GeoJSON or as [x, y]');
  const options = geometry === undefined || bare ? condition : (operand as Document);
  const legacySphere = geometry === undefined && condition.$nearSphere !== undefined;
  const scale = legacySphere ? EARTH_RADIUS : 1;
  const limit = (value: unknown, fallback: number) =>
    isNumber(value) ? toDouble(value) * scale : fallback;
  return {
    path,
    centre,
    sphere: geometry !== undefined || condition.$nearSphere !== undefined,
    min: limit(options.$minDistance, 0),
    max: limit(options.$maxDistance, Infinity),
  };
}

/** Distance of a document from a `$near` centre (metres on the sphere), undefined when it has none. */
export function nearDistance(doc: Document, near: Near): number | undefined {
  const shape = safeShape(getPath(doc, near.path));
  if (!shape) return undefined;
  const far = vertices(shape).map((p) =>
    near.sphere
      ? distance(p, near.centre)
      : Math.hypot(p[0] - near.centre[0], p[1] - near.centre[1]),
  );
  if (
    shape.polygons.length &&
    intersects(shape, { points: [near.centre], lines: [], polygons: [] })
  )
    return 0;
  return far.length ? Math.min(...far) : undefined;
}
