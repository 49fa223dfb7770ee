/** Node's string slices, which `toString` wraps; the type declarations leave them out. */
interface Slices {
  utf8Slice(start?: number, end?: number): string;
  latin1Slice(start?: number, end?: number): string;
}

/** Part of a buffer as UTF-8 text. */
export function utf8(buf: Buffer, start?: number, end?: number): string {
  return (buf as unknown as Slices).utf8Slice(start, end);
}

/** A buffer as a string with one character a byte: bytewise order, usable as a Map key. */
export function latin1(buf: Buffer, start?: number, end?: number): string {
  return (buf as unknown as Slices).latin1Slice(start, end);
}
