/** Names written one after the other, with whatever stands between them; each once. */
export const namesIn = (words: string): string[] => [
  ...new Set(words.split(/[\s,，、;；。]+/u).filter(Boolean)),
];
