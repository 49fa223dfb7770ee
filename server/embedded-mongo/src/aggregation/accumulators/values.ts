import { compareValues } from '../../bson/compare';
import { bsonSize } from '../../bson/size';
import type { Document } from '../../bson/types';
import { makeDocument } from '../../bson/types';
import { mergeObjects } from '../expressions/objects';
import { ValueSet } from '../expressions/sets';
import { isNullish } from '../scope';
import type { State } from './accumulator';

/** Keeps one value: each next one replaces it or not. */
function keeping(replace: (kept: unknown, next: unknown, isFirst: boolean) => boolean): State {
  let kept: unknown;
  let bytes = 0;
  let isFirst = true;
  return {
    add(value) {
      if (!replace(kept, value, isFirst)) return 0;
      isFirst = false;
      kept = value;
      const before = bytes;
      bytes = bsonSize(value);
      return bytes - before;
    },
    result: () => kept ?? null,
  };
}

export const firstState = () => keeping((_kept, _next, isFirst) => isFirst);
export const lastState = () => keeping(() => true);

/** The largest (1) or smallest (-1) value that is not null. */
export const extremeState = (direction: 1 | -1) => () =>
  keeping(
    (kept, next, isFirst) =>
      !isNullish(next) && (isFirst || compareValues(next, kept) * direction > 0),
  );

export const pushState = (): State => {
  const items: unknown[] = [];
  return {
    add(value) {
      if (value === undefined) return 0;
      items.push(value);
      return bsonSize(value) + 8;
    },
    result: () => items,
  };
};

export const setState = (): State => {
  const set = new ValueSet();
  return {
    add: (value) => (value !== undefined && set.add(value) ? bsonSize(value) + 8 : 0),
    result: () => set.values(),
  };
};

export const mergeState = (): State => {
  let merged: Document = makeDocument();
  let bytes = 0;
  return {
    add(value) {
      merged = mergeObjects([merged, value]);
      const before = bytes;
      bytes = bsonSize(merged);
      return bytes - before;
    },
    result: () => merged,
  };
};
