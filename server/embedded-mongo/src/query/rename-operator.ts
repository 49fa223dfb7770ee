import { showField } from '../bson/show';
import { isArray } from '../bson/types';
import { badValue } from '../errors';
import type { FieldOperator } from './update-operators';
import type { Target } from './update-target';

const isDynamic = (path: string) => /(^|\.)\$(\[|\.|$)/.test(path);

/** `$rename`: neither end may be in an array, and neither may lie on the path of the other. */
export const renameField: FieldOperator = (path, operand) => {
  if (typeof operand !== 'string')
    throw badValue(`The 'to' field for $rename must be a string: ${showField(path, operand)}`);
  const shown = showField(path, operand);
  if (path === operand)
    throw badValue(`The source and target field for $rename must differ: ${shown}`);
  if (path.startsWith(`${operand}.`) || operand.startsWith(`${path}.`))
    throw badValue(
      `The source and target field for $rename must not be on the same path: ${shown}`,
    );
  if (isDynamic(path)) throw badValue(`The source field for $rename may not be dynamic: ${path}`);
  if (isDynamic(operand))
    throw badValue(`The destination field for $rename may not be dynamic: ${operand}`);
  const to = operand.split('.');
  return (target, from) => {
    const value = target.get(from);
    if (value === undefined) return;
    refuseArrays(target, from, 'source');
    refuseArrays(target, to, 'destination');
    target.set(to, value);
    target.unset(from);
  };
};

function refuseArrays(target: Target, parts: readonly string[], end: string): void {
  for (let i = 1; i < parts.length; i++)
    if (isArray(target.get(parts.slice(0, i))))
      throw badValue(
        `The ${end} field cannot be an array element, '${parts.join('.')}' in doc with ${target.identity.slice(1, -1)} has an array field called '${parts[i - 1]}'`,
      );
}
