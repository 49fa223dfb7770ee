/** Joins class names, leaving out whatever is false. */
export const cx = (...parts: (string | false | undefined)[]): string =>
  parts.filter(Boolean).join(' ');
