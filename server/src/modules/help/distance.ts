/** Metres between two [longitude, latitude] points, as the crow flies, rounded to fifty. */
export const metresBetween = (a: readonly number[], b: readonly number[]): number => {
  const rad = (deg = 0): number => (deg * Math.PI) / 180;
  const dLat = rad(b[1]) - rad(a[1]);
  const dLon = rad(b[0]) - rad(a[0]);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLon / 2) ** 2;
  return Math.round((2 * 6_371_000 * Math.asin(Math.sqrt(h))) / 50) * 50;
};
