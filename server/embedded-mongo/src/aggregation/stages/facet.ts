import type { Document } from '../../bson/types';
import { isArray, isDocument, makeDocument } from '../../bson/types';
import { bsonSize } from '../../bson/size';
import { located } from '../scope';
import type { StageCompiler } from './stage';

const BANNED = [
  ...['$collStats', '$facet', '$geoNear', '$indexStats', '$out', '$merge', '$planCacheStats'],
  ...['$changeStream', '$documents', '$search', '$searchMeta', '$vectorSearch'],
];

/** `$facet`: several pipelines over the same documents, their results as arrays of one document. */
export const facet: StageCompiler = (spec, context) => {
  if (!isDocument(spec) || !Object.keys(spec).length)
    throw located(40169, 'the $facet specification must be a non-empty object');
  const facets = Object.keys(spec).map((name) => {
    if (name.includes('.') || name.startsWith('$'))
      throw located(40169, `the name of a facet must not contain '.' or start with '$': ${name}`);
    const stages = spec[name];
    if (!isArray(stages))
      throw located(40170, `arguments to $facet must be arrays, ${name} is type ${typeof stages}`);
    for (const stage of stages)
      for (const banned of BANNED)
        if (isDocument(stage) && banned in stage)
          throw located(40600, `${banned} is not allowed to be used within a $facet stage`);
    return [name, context.inner(stages as Document[])] as const;
  });
  return {
    *run(docs, variables) {
      const meter = context.meter('$facet');
      const all: Document[] = [];
      for (const doc of docs) {
        meter.add(bsonSize(doc));
        all.push(doc);
      }
      const out = makeDocument();
      for (const [name, pipeline] of facets) {
        const results: Document[] = [];
        for (const doc of pipeline.run(all, variables)) {
          meter.add(bsonSize(doc));
          results.push(doc);
        }
        out[name] = results;
      }
      yield out;
    },
  };
};
