import type { Random } from './random';
import type { Position } from './types';

/** Four corners, counter-clockwise from the south-west. Always convex, so that nesting holds. */
export type Quad = [Position, Position, Position, Position];

/** A part of a quad in its own coordinates: u to the east, v to the north, both 0..1. */
export interface Part {
  u: [number, number];
  v: [number, number];
}

const round = (x: number) => Math.round(x * 1e6) / 1e6;

/** The point at (u, v) of a quad. Inside whenever 0 < u, v < 1, because the quad is convex. */
export const at = ([sw, se, ne, nw]: Quad, u: number, v: number): Position => {
  const mix = (i: 0 | 1) =>
    (1 - u) * (1 - v) * sw[i] + u * (1 - v) * se[i] + u * v * ne[i] + (1 - u) * v * nw[i];
  return [round(mix(0)), round(mix(1))];
};

/**
 * A quad inside `parent`. Corners are pulled inwards by up to `wobble` of the part's size, so that
 * the map looks drawn by people; pulling inwards only keeps neighbours from overlapping.
 */
export const within = (parent: Quad, part: Part, random: Random, wobble = 0.06): Quad => {
  const [u0, u1] = part.u;
  const [v0, v1] = part.v;
  const du = () => (u1 - u0) * wobble * random.next();
  const dv = () => (v1 - v0) * wobble * random.next();
  return [
    at(parent, u0 + du(), v0 + dv()),
    at(parent, u1 - du(), v0 + dv()),
    at(parent, u1 - du(), v1 - dv()),
    at(parent, u0 + du(), v1 - dv()),
  ];
};

/** GeoJSON wants the first position again at the end. */
export const ring = (quad: Quad): Position[] => [...quad, quad[0]];
