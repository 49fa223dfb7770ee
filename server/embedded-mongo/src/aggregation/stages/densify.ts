import type { Document } from '../../bson/types';
import { isArray, makeDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { compareNumbers, isNumber, toDouble } from '../../bson/numbers';
import { compareValues } from '../../bson/compare';
import { failedToParse } from '../../errors';
import type { Unit } from '../dates/units';
import { addUnits, unitOf } from '../dates/units';
import { UTC } from '../dates/zone';
import { combine } from '../expressions/arithmetic';
import { followPath, splitPath } from '../expressions/compile';
import { isNullish, located } from '../scope';
import { asInt64, hashKey } from '../values';
import type { StageCompiler } from './stage';
import { checkFields, documentSpec } from './stage';
import { withPath } from './unwind';

const MOST_GENERATED = 500_000;

interface Range {
  readonly step: unknown;
  readonly unit: Unit | undefined;
  readonly bounds: 'full' | 'partition' | readonly [unknown, unknown];
}

function rangeOf(value: unknown): Range {
  const spec = documentSpec(value, 'range');
  checkFields(spec, 'range', ['step', 'bounds', 'unit']);
  const { step, bounds } = spec;
  if (!isNumber(step) || compareNumbers(step, 0) <= 0)
    throw located(
      5733401,
      'the step parameter in a range statement must be a strictly positive numeric value',
    );
  const unit = spec.unit === undefined ? undefined : unitOf(spec.unit, '$densify');
  if (unit && asInt64(step) === undefined)
    throw located(6586400, 'the step parameter in a date range statement must be a whole number');
  if (bounds === 'full' || bounds === 'partition') return { step, unit, bounds };
  if (!isArray(bounds) || bounds.length !== 2)
    throw failedToParse(
      "the bounds in a range statement must be 'full', 'partition', or an array of two",
    );
  const [low, high] = bounds as [unknown, unknown];
  const fits = (bound: unknown) => (unit ? bound instanceof Date : isNumber(bound));
  if (!fits(low) || !fits(high))
    throw located(
      5733402,
      'the bounds of a range statement must be numbers, or dates when there is a unit',
    );
  if (compareValues(low, high) > 0)
    throw located(5733403, 'the bounds of a range statement must be in ascending order');
  return { step, unit, bounds: [low, high] };
}

/** `$densify`: adds documents where a sequence of numbers or dates has gaps. */
export const densify: StageCompiler = (spec, context, name) => {
  const given = documentSpec(spec, name);
  checkFields(given, name, ['field', 'partitionByFields', 'range']);
  if (typeof given.field !== 'string') throw failedToParse("$densify needs the string 'field'");
  const field = splitPath(given.field);
  const partitionBy = (given.partitionByFields ?? []) as unknown[];
  if (!isArray(partitionBy) || !partitionBy.every((path) => typeof path === 'string'))
    throw failedToParse("'partitionByFields' must be an array of strings");
  const paths = partitionBy.map((path) => splitPath(path));
  const range = rangeOf(given.range);
  if (range.bounds === 'partition' && !paths.length)
    throw located(
      5733408,
      "one may not specify the bounds as 'partition' without partitionByFields",
    );

  const valueOf = (doc: Document): unknown => {
    const value = followPath(doc, field, 0);
    if (isNullish(value)) return undefined;
    if (range.unit ? !(value instanceof Date) : !isNumber(value))
      throw located(
        range.unit ? 6053600 : 5733201,
        'Densify field type must be numeric, or a date when there is a unit',
      );
    return value;
  };
  const next = (start: unknown, steps: number): unknown =>
    range.unit
      ? addUnits(start as Date, range.unit, toDouble(range.step) * steps, UTC)
      : combine('add', start, combine('multiply', range.step, steps));

  return {
    *run(docs) {
      const meter = context.meter('$densify');
      const partitions = new Map<string, { value: unknown; doc: Document }[]>();
      let [least, most]: unknown[] = [];
      for (const doc of docs) {
        const value = valueOf(doc);
        if (value === undefined) {
          yield doc;
          continue;
        }
        meter.add(bsonSize(doc));
        if (least === undefined || compareValues(value, least) < 0) least = value;
        if (most === undefined || compareValues(value, most) > 0) most = value;
        const key = hashKey(paths.map((path) => followPath(doc, path, 0)));
        const found = partitions.get(key);
        if (found) found.push({ value, doc });
        else partitions.set(key, [{ value, doc }]);
      }
      if (!partitions.size && isArray(range.bounds)) partitions.set('', []);
      let generated = 0;
      for (const members of partitions.values()) {
        members.sort((a, b) => compareValues(a.value, b.value));
        const { start, end, inclusive } = limits(members, least, most);
        const make = (value: unknown): Document => {
          if (++generated > MOST_GENERATED)
            throw located(
              5897900,
              `Generated ${generated} documents in $densify, which is over the limit of ${MOST_GENERATED}.`,
            );
          let doc = makeDocument();
          for (const path of paths) {
            const part = members[0] && followPath(members[0].doc, path, 0);
            if (part !== undefined) doc = withPath(doc, path, part);
          }
          return withPath(doc, field, value);
        };
        let at = 0;
        for (let step = 0; start !== undefined; step++) {
          const value = next(start, step);
          const order = compareValues(value, end);
          if (inclusive ? order > 0 : order >= 0) break;
          for (; at < members.length && compareValues(members[at]!.value, value) < 0; at++)
            yield members[at]!.doc;
          if (at < members.length && compareValues(members[at]!.value, value) === 0) continue;
          yield make(value);
        }
        for (; at < members.length; at++) yield members[at]!.doc;
      }
    },
  };

  function limits(members: readonly { value: unknown }[], least: unknown, most: unknown) {
    if (range.bounds === 'full') return { start: least, end: most, inclusive: true };
    if (range.bounds === 'partition')
      return { start: members[0]!.value, end: members.at(-1)!.value, inclusive: true };
    return { start: range.bounds[0], end: range.bounds[1], inclusive: false };
  }
};
