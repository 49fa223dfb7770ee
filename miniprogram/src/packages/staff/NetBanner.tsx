export function NetBanner() {
  return null;
}
