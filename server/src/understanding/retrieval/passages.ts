import type { Tokens } from './tokens';

/** A paragraph must answer this much better than the first one, which says the whole in short. */
const lead = 0.4;

/**
 * Picks the paragraph of an article that says most of what was asked. Words of the title tell nothing
 * here: every paragraph is about it.
 */
export const createPassagePicker = (
  { title, paragraphs }: { title: string; paragraphs: readonly string[] },
  tokens: Tokens,
  weight: (token: string) => number,
): ((asked: readonly string[]) => string) => {
  const known = new Set(tokens(title));
  const sets = paragraphs.map((p) => new Set(tokens(p).filter((t) => !known.has(t))));
  return (asked) => {
    let best = 0;
    let most = -1;
    sets.forEach((set, i) => {
      let said = i === 0 ? lead : 0;
      for (const token of asked) if (set.has(token)) said += weight(token);
      if (said > most) [best, most] = [i, said];
    });
    return paragraphs[best] ?? '';
  };
};
