const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of an ASCII text. WeChat has no `btoa`, and its <image> surely takes only base64 data URIs. */
export function base64(ascii: string): string {
  let out = '';
  for (let i = 0; i < ascii.length; i += 3) {
    const left = ascii.length - i;
    const bits =
      (ascii.charCodeAt(i) << 16) |
      ((left > 1 ? ascii.charCodeAt(i + 1) : 0) << 8) |
      (left > 2 ? ascii.charCodeAt(i + 2) : 0);
    out += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    out += left > 1 ? alphabet.charAt((bits >> 6) & 63) : '=';
    out += left > 2 ? alphabet.charAt(bits & 63) : '=';
  }
  return out;
}
