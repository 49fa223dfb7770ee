/** MongoDB's duplicate key error, optionally of one index. */
export const isDuplicateKey = (error: unknown, field?: string): boolean => {
  const e = error as { code?: number; keyPattern?: Record<string, unknown> } | null;
  if (e?.code !== 11000) return false;
  return field === undefined || (e.keyPattern !== undefined && field in e.keyPattern);
};
