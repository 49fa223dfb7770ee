import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 characters of 5 bits: 80 bits of randomness, safe in addresses and file names. */
export const newId = (prefix = ''): string => {
  const bytes = randomBytes(16);
  let out = prefix;
  for (const b of bytes) out += alphabet[b & 31];
  return out;
};
