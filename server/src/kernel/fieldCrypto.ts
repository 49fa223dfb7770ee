import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Encrypts single fields (phones, ID numbers) and makes blind indexes to find them again. */
export interface FieldCrypto {
  /** AES-256-GCM; `v1.` + base64(iv | tag | ciphertext). */
  seal(plain: string): string;
  /** @throws when the text was tampered with or another key made it. */
  open(sealed: string): string;
  /** Equal plain texts give equal values; nothing can be read back. */
  blindIndex(plain: string): string;
}

/** @param key 32 bytes */
export const createFieldCrypto = (key: Buffer): FieldCrypto => {
  const indexKey = createHmac('sha256', key).update('blind-index').digest();
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open(sealed) {
      const raw = Buffer.from(sealed.slice(3), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12));
      decipher.setAuthTag(raw.subarray(12, 28));
      return decipher.update(raw.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    },
    blindIndex: (plain) => createHmac('sha256', indexKey).update(plain).digest('base64url'),
  };
};
