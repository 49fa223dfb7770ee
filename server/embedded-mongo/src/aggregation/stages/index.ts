import { BASIC_STAGES } from './basic';
import { bucket, bucketAuto } from './bucket';
import { densify } from './densify';
import { facet } from './facet';
import { fill } from './fill';
import { graphLookup } from './graph-lookup';
import { group, sortByCount } from './group';
import { lookup, unionWith } from './lookup';
import { PROJECT_STAGES } from './project';
import { redact } from './redact';
import type { StageCompiler } from './stage';
import { unwind } from './unwind';
import { setWindowFields } from './window';

/** Every stage by name, but for those that start a pipeline or write its result. */
export const STAGES: ReadonlyMap<string, StageCompiler> = new Map(
  Object.entries({
    ...BASIC_STAGES,
    ...PROJECT_STAGES,
    $unwind: unwind,
    $group: group,
    $sortByCount: sortByCount,
    $bucket: bucket,
    $bucketAuto: bucketAuto,
    $lookup: lookup,
    $unionWith: unionWith,
    $graphLookup: graphLookup,
    $facet: facet,
    $redact: redact,
    $setWindowFields: setWindowFields,
    $densify: densify,
    $fill: fill,
  }),
);
