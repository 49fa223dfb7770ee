const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A fresh id for one act, sent again on every retry of it. 22 letters (131 bits): the time keeps two phones
 * with poor generators apart, the rest is chance.
 * @param random in [0, 1)
 */
export function newClientId(now: number = Date.now(), random: () => number = Math.random): string {
  let id = now.toString(36);
  while (id.length < 22) id += letters[Math.floor(random() * letters.length)] ?? 'A';
  return id;
}
