import mongoose from 'mongoose';
import { TestDatabase } from '../support';

export const { BSON, Int32, Double, Long, Decimal128, ObjectId, Timestamp, Binary, BSONRegExp } =
  mongoose.mongo;

export const int = (n: number) => new Int32(n);
export const double = (n: number) => new Double(n);
export const long = (n: number | string) => Long.fromString(String(n));
export const decimal = (text: string) => Decimal128.fromString(text);

/** A value as text that shows its BSON type, so that 5, 5.0 and Long 5 differ. */
export const typed = (value: unknown): string =>
  BSON.EJSON.stringify({ value }, { relaxed: false }).slice('{"value":'.length, -1);

/** A database shared by the tests of a file; documents are read without changing their types. */
export class Pipelines {
  private readonly database: TestDatabase;
  private count = 0;

  constructor(options = {}) {
    this.database = new TestDatabase(options);
    beforeAll(() => this.database.start());
    afterAll(() => this.database.stop());
  }

  get db() {
    return this.database.db;
  }

  /** A new collection with the documents, which get `_id`s from 1 on unless they have one. */
  async collection(docs: readonly object[]) {
    const collection = this.db.collection<{ _id: unknown; [field: string]: unknown }>(
      `c${++this.count}`,
    );
    const numbered = docs.map((doc, i) => ({ _id: int(i + 1), ...doc }));
    if (numbered.length) await collection.insertMany(numbered);
    return collection;
  }

  /** What a pipeline makes of documents. */
  async run(docs: readonly object[], pipeline: object[], options = {}): Promise<unknown[]> {
    const collection = await this.collection(docs);
    return collection.aggregate(pipeline, { promoteValues: false, ...options }).toArray();
  }

  /** MongoDB's code of the error a pipeline ends in; undefined when it ends well. */
  async failure(docs: readonly object[], pipeline: object[], options = {}): Promise<unknown> {
    try {
      await this.run(docs, pipeline, options);
      return undefined;
    } catch (error) {
      return Number((error as { code?: unknown }).code);
    }
  }

  /** The value of an expression over one document; undefined when it is missing. */
  async evaluate(expression: unknown, doc: object = {}): Promise<unknown> {
    const [result] = await this.run([doc], [{ $project: { _id: 0, value: expression } }]);
    return (result as { value?: unknown }).value;
  }
}
