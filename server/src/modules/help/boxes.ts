import type { QueryFilter } from 'mongoose';
import type { Viewer } from '../../http/viewer';
import type { HelpDoc } from './model';

export type Box = 'open' | 'mine' | 'ours';

/** Opaque to clients: time and id of the last one shown. */
export const positionOf = (h: Pick<HelpDoc, 'createdAt' | '_id'>): string =>
  `${h.createdAt.getTime()}.${h._id}`;

const after = (cursor: string | undefined): QueryFilter<HelpDoc>[] => {
  const [, time, id] = /^(\d{1,15})\.([0-9a-z]{1,64})$/.exec(cursor ?? '') ?? [];
  if (!time || !id) return [];
  const at = new Date(Number(time));
  return [{ $or: [{ createdAt: { $lt: at } }, { createdAt: at, _id: { $lt: id } }] }];
};

/** What a list shows; undefined when it can only be empty. */
export const boxFilter = (
  box: Box,
  viewer: Viewer,
  cursor: string | undefined,
): QueryFilter<HelpDoc> | undefined => {
  if (box === 'mine') return { $and: [{ volunteerId: viewer.personId }, ...after(cursor)] };
  if (box === 'ours') {
    return viewer.householdId
      ? { $and: [{ householdId: viewer.householdId }, ...after(cursor)] }
      : undefined;
  }
  const grounds = viewer.grants.filter((g) => g.role === 'volunteer').map((g) => g.areaPath);
  if (grounds.length === 0) return undefined;
  return {
    $and: [
      { state: 'open' },
      { $or: grounds.map((path) => ({ areaPath: { $gte: path, $lt: `${path}\uffff` } })) },
      ...(viewer.householdId ? [{ householdId: { $ne: viewer.householdId } }] : []),
      ...after(cursor),
    ],
  };
};
