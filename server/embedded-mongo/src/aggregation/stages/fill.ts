import type { Document } from '../../bson/types';
import { inspect, isArray, isDocument } from '../../bson/types';
import { located } from '../scope';
import type { StageCompiler } from './stage';
import { checkFields, documentSpec } from './stage';

const METHODS: Record<string, string> = { linear: '$linearFill', locf: '$locf' };

/** `$fill`: values for fields that are null or missing. */
export const fill: StageCompiler = (spec, context, name) => {
  const given = documentSpec(spec, name);
  checkFields(given, name, ['partitionBy', 'partitionByFields', 'sortBy', 'output']);
  const { partitionByFields: fields, sortBy } = given;
  if (given.partitionBy !== undefined && fields !== undefined)
    throw located(
      6050204,
      "Maximum one of 'partitionBy' and 'partitionByFields' can be specified in '$fill'",
    );
  if (!isDocument(given.output) || !Object.keys(given.output).length)
    throw located(6050200, "'output' must be specified in '$fill' and not be empty");
  const windows: Document = {};
  const values: Document = {};
  for (const [field, how] of Object.entries(given.output)) {
    const { value, method, ...rest } = documentSpec(how, 'output');
    if (Object.keys(rest).length || (value === undefined) === (method === undefined))
      throw located(
        6050202,
        "Each field of 'output' in '$fill' must have exactly one of 'method' and 'value'",
      );
    if (method === undefined) values[field] = { $ifNull: [`$${field}`, value] };
    else {
      const operator = METHODS[inspect(method)];
      if (!operator) throw located(6050202, 'Method must be either locf or linear');
      windows[field] = { [operator]: `$${field}` };
    }
  }
  const stages: Document[] = [];
  if (Object.keys(windows).length) {
    if (!isDocument(sortBy))
      throw located(605001, "'sortBy' is required for the methods of '$fill'");
    const partitionBy = isArray(fields)
      ? Object.fromEntries(fields.map((path, i) => [`p${i}`, `$${String(path)}`]))
      : (given.partitionBy ?? null);
    stages.push({
      $setWindowFields: {
        partitionBy,
        ...(sortBy === undefined ? {} : { sortBy }),
        output: windows,
      },
    });
  } else if (sortBy !== undefined) stages.push({ $sort: sortBy });
  if (Object.keys(values).length) stages.push({ $addFields: values });
  const pipeline = context.inner(stages);
  return { run: (docs, variables) => pipeline.run(docs, variables) };
};
