import { Long, TestDatabase } from '../support';
import type { Fields } from './update-support';
import { fresh, updateOne } from './update-support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const updated = (doc: Fields, update: object, filter?: Fields, options?: object) =>
  updateOne(database, doc, update, filter, options);

describe('malformed updates are refused though nothing matches', () => {
  it.each<[object, number, string]>([
    [{ $inc: { a: 'x' } }, 14, 'Cannot increment with non-numeric argument: {a: "x"}'],
    [{ $mul: { a: null } }, 14, 'Cannot multiply with non-numeric argument: {a: null}'],
    [
      { $set: { 'a..b': 1 } },
      56,
      "The update path 'a..b' contains an empty field name, which is not allowed.",
    ],
    [{ $set: { '': 1 } }, 56, 'An empty update path is not valid.'],
    [{ $set: { a: 1, 'a.b': 1 } }, 40, "Updating the path 'a.b' would create a conflict at 'a'"],
    [
      { $set: { 'a.b': 1 }, $unset: { a: 1 } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    ],
    [
      { $set: { a: 1 }, $rename: { b: 'a' } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    ],
    [{ $rename: { a: 'a' } }, 2, 'The source and target field for $rename must differ: a: "a"'],
    [
      { $rename: { a: 'a.b' } },
      2,
      'The source and target field for $rename must not be on the same path: a: "a.b"',
    ],
    [{ $rename: { a: 5 } }, 2, "The 'to' field for $rename must be a string: a: 5"],
    [
      { $set: { 'a.$.b.$': 1 } },
      2,
      "Too many positional (i.e. '$') elements found in path 'a.$.b.$'",
    ],
    [
      { $set: { '$.a': 1 } },
      2,
      "Cannot have positional (i.e. '$') element in the first position in path '$.a'",
    ],
    [
      { $bit: { a: { or: 1.5 } } },
      2,
      "The $bit modifier field must be an Integer(32/64 bit); a 'double' is not supported here: {or: 1.5}",
    ],
    [
      { $push: { a: { $each: 5 } } },
      2,
      'The argument to $each in $push must be an array but it was of type: int',
    ],
    [{ $push: { a: { $each: [], $foo: 1 } } }, 2, 'Unrecognized clause in $push: $foo'],
    [
      { $push: { a: { $each: [], $sort: { k: 2 } } } },
      2,
      'The $sort element value must be either 1 or -1',
    ],
    [
      { $push: { a: { $each: [], $slice: 1.5 } } },
      2,
      'The value for $slice must be an integer value but was given type: double',
    ],
    [{ $pop: { a: 2 } }, 9, '$pop expects 1 or -1, found: 2'],
    [{ $pullAll: { a: 1 } }, 2, '$pullAll requires an array argument but was given a int'],
    [
      { $currentDate: { a: 'date' } },
      2,
      "string is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).",
    ],
    [
      { $foo: { a: 1 } },
      9,
      'Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
    ],
  ])('%j', async (update, code, message) => {
    await expect(fresh(database).updateOne({ _id: 1 }, update)).rejects.toMatchObject({
      code,
      message,
    });
  });
});

describe('updates the document does not allow', () => {
  it.each<[Fields, object, number, string]>([
    [{ a: 5 }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: 5}"],
    [{ a: [1] }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: [ 1 ]}"],
    [
      { a: 'x' },
      { $inc: { a: 1 } },
      14,
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    ],
    [
      { a: Long.MAX_VALUE },
      { $inc: { a: 1 } },
      2,
      'Failed to apply $inc operations to current value (9223372036854775807) for document {_id: 1}',
    ],
    [
      { a: 1 },
      { $push: { a: 1 } },
      2,
      "The field 'a' must be an array but is of type int in document {_id: 1}",
    ],
    [
      { a: 1 },
      { $addToSet: { a: 1 } },
      2,
      "Cannot apply $addToSet to non-array field. Field named 'a' has non-array type int",
    ],
    [{ a: 1 }, { $pop: { a: 1 } }, 14, "Path 'a' contains an element of non-array type 'int'"],
    [
      {},
      { $set: { $a: 1 } },
      52,
      "The dollar ($) prefixed field '$a' in '$a' is not allowed for storage.",
    ],
    [{ a: 1 }, { $pull: { a: 1 } }, 2, 'Cannot apply $pull to a non-array value'],
    [
      { a: [{ b: 1 }] },
      { $rename: { 'a.0.b': 'c' } },
      2,
      "The source field cannot be an array element, 'a.0.b' in doc with _id: 1 has an array field called 'a'",
    ],
    [
      { a: 'x' },
      { $bit: { a: { or: 1 } } },
      2,
      'Cannot apply $bit to a value of non-integral type.{_id: 1} has the field a of non-integer type string',
    ],
    [
      {},
      { $set: { _id: 2 } },
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    ],
  ])('%j %j', async (doc, update, code, message) => {
    const error = await updated(doc, update).catch((e: unknown) => e);
    expect(error).toMatchObject({ code, message });
  });

  it('a replacement with another _id', async () => {
    const collection = fresh(database);
    await collection.insertOne({ _id: 1 });
    await expect(collection.replaceOne({ _id: 1 }, { _id: 2 })).rejects.toMatchObject({
      code: 66,
      message:
        "After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
    });
  });

  it('an _id with a dollar in it', async () => {
    await expect(fresh(database).insertOne({ _id: { a: [{ $b: 1 }] } })).rejects.toMatchObject({
      code: 52,
      message: "_id fields may not contain '$'-prefixed fields: $b is not valid for storage.",
    });
  });
});
