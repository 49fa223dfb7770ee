import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument } from '../../bson/types';
import type { Variables } from '../scope';
import { innerVariables, located } from '../scope';
import type { StageCompiler } from './stage';

/** What the expression may answer, by the variables it answers with. */
const VERDICTS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' };

/** `$redact`: keeps, cuts off or enters each level of a document. */
export const redact: StageCompiler = (spec, context) => {
  const compiler = context.expressions().compiler.defineSystem(Object.keys(VERDICTS));
  const decide = compiler.compile(spec);

  const level = (root: Document, current: Document, variables: Variables): Document | undefined => {
    switch (decide({ root, current, variables })) {
      case VERDICTS.KEEP:
        return current;
      case VERDICTS.PRUNE:
        return undefined;
      case VERDICTS.DESCEND: {
        const out = makeDocument();
        for (const key of Object.keys(current)) {
          const value = inside(root, current[key], variables);
          if (value !== undefined) out[key] = value;
        }
        return out;
      }
      default:
        throw located(
          17053,
          "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
        );
    }
  };
  const inside = (root: Document, value: unknown, variables: Variables): unknown => {
    if (isDocument(value)) return level(root, value, variables);
    if (!isArray(value)) return value;
    return value.map((item) => inside(root, item, variables)).filter((item) => item !== undefined);
  };
  return {
    *run(docs, outer) {
      const variables = Object.assign(innerVariables(outer), VERDICTS);
      for (const doc of docs) {
        const kept = level(doc, doc, variables);
        if (kept) yield kept;
      }
    },
  };
};
