/** Named parts in one run of bytes: length of the head, the head (names and sizes), the parts. */

const headBytes = 4;

export class BadContainer extends Error {}

export const packParts = (parts: Record<string, Uint8Array>): Uint8Array => {
  const entries = Object.entries(parts);
  const head = new TextEncoder().encode(
    JSON.stringify(entries.map(([name, bytes]) => [name, bytes.length])),
  );
  const whole = new Uint8Array(
    headBytes + head.length + entries.reduce((sum, [, b]) => sum + b.length, 0),
  );
  new DataView(whole.buffer).setUint32(0, head.length, true);
  whole.set(head, headBytes);
  let at = headBytes + head.length;
  for (const [, bytes] of entries) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
};

/** @throws BadContainer when the bytes are none, or a part is missing */
export const unpackParts = <const N extends string>(
  bytes: Uint8Array,
  names: readonly N[],
): Record<N, Uint8Array> => {
  const parts = new Map<string, Uint8Array>();
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const head = JSON.parse(
      new TextDecoder().decode(bytes.subarray(headBytes, headBytes + length)),
    ) as [string, number][];
    let at = headBytes + length;
    for (const [name, size] of head) {
      parts.set(name, bytes.subarray(at, at + size));
      at += size;
    }
    if (at !== bytes.length) throw new BadContainer('size');
  } catch {
    throw new BadContainer('these bytes are no models');
  }
  const missing = names.find((name) => !parts.has(name));
  if (missing) throw new BadContainer(`part ${missing} is missing`);
  return Object.fromEntries(names.map((name) => [name, parts.get(name)!])) as Record<N, Uint8Array>;
};
