import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEngine } from '../../../../server/embedded-mongo/src/aggregation/pipeline';
import { PAUSE_MARK } from '../../../../server/embedded-mongo/src/aggregation/source';
import { Pipelines } from './support';

const engine = createEngine();
const results = (pipeline: object[]) => {
  const docs = [{ a: 1 }, PAUSE_MARK, { a: 2 }];
  const stages = pipeline as Record<string, unknown>[];
  return [...engine.prepare(stages, { now: new Date(0) }).run(docs)];
};

describe('a pause for others', () => {
  it.each<[string, object[]]>([
    ['$match', [{ $match: { a: 2 } }]],
    ['$project', [{ $project: { a: 1 } }, { $match: { a: 2 } }]],
    ['$addFields and $unwind', [{ $addFields: { b: ['$a'] } }, { $unwind: '$b' }, { $skip: 1 }]],
    ['$limit', [{ $limit: 2 }, { $match: { a: 2 } }]],
  ])('goes through %s', (_name, pipeline) => {
    const [pause, last, ...more] = results(pipeline);
    expect(pause).toBe(PAUSE_MARK);
    expect(last).toMatchObject({ a: 2 });
    expect(more).toEqual([]);
  });

  it.each<[string, object[], object[]]>([
    ['$group', [{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 2 }]],
    ['$count', [{ $match: {} }, { $count: 'n' }], [{ n: 2 }]],
    ['$sort', [{ $sort: { a: -1 } }], [{ a: 2 }, { a: 1 }]],
    ['$facet', [{ $facet: { n: [{ $count: 'n' }] } }], [{ n: [{ n: 2 }] }]],
  ])('is no document to %s', (_name, pipeline, expected) => {
    expect(results(pipeline)).toEqual(expected);
  });
});

describe('much to read', () => {
  const readWorker = pathToFileURL(
    path.resolve(__dirname, '../../../../server/embedded-mongo/dist/read-worker.js'),
  );
  const pipelines = new Pipelines({ readWorker });
  const many = Array.from({ length: 8000 }, (_, n) => ({ n }));

  it('can be written by $out, which has to read here', async () => {
    await pipelines.run(many, [{ $project: { n: 1 } }, { $out: 'copy' }]);
    expect(await pipelines.db.collection('copy').countDocuments()).toBe(many.length);
  });

  it('is joined on the thread of slow reads with the same result', async () => {
    const from = (await pipelines.collection(many)).collectionName;
    const lookup = { $lookup: { from, pipeline: [{ $match: { n: { $gte: 7999 } } }], as: 'x' } };
    const found = await pipelines.run([{ a: 1 }], [lookup, { $project: { _id: 0, n: '$x.n' } }]);
    expect(found.map((doc) => (doc as { n: unknown[] }).n.map(Number))).toEqual([[7999]]);
  });
});
