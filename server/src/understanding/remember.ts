/** Two looks at a message, who may read it and what it means, come within milliseconds. */
const most = 64;

/**
 * The same function, which answers the last texts from memory. For functions of nothing but the text:
 * what it remembers is what it would say again.
 */
export const remember = <T>(answer: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const fresh = answer(text);
    if (known.size >= most) known.delete(known.keys().next().value!);
    known.set(text, fresh);
    return fresh;
  };
};
