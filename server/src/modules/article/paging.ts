/** A place in a list that is ordered by a time and, within it, by id; both falling. */
export const positionOf = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** What comes after a place; undefined for none or a damaged one. */
export const after = (
  field: string,
  cursor: string | undefined,
): Record<string, unknown> | undefined => {
  const at = cursor?.indexOf('_') ?? -1;
  if (!cursor || at < 1) return undefined;
  const when = new Date(Number(cursor.slice(0, at)));
  if (Number.isNaN(when.getTime())) return undefined;
  return {
    $or: [{ [field]: { $lt: when } }, { [field]: when, _id: { $lt: cursor.slice(at + 1) } }],
  };
};
