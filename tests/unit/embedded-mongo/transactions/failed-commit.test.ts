import { LmdbStore } from '../../../../server/embedded-mongo/src/storage/lmdb-store';
import { Binary, Long, rawCommand, TestDatabase, itOwn } from '../support';

afterEach(() => jest.restoreAllMocks());

describe('a commit that could not be stored', () => {
  itOwn('is not answered with success when it is repeated', () =>
    TestDatabase.use(async (own) => {
      const collection = await own.db.createCollection<{ _id: number }>('full');
      await collection.insertOne({ _id: 0 });
      const numbered = {
        $db: 'admin',
        lsid: { id: new Binary(Buffer.alloc(16, 9), 4) },
        txnNumber: Long.fromNumber(1),
        autocommit: false,
      };
      const begin = { insert: 'full', documents: [{ _id: 1 }], startTransaction: true };
      await rawCommand(own.uri, { ...begin, ...numbered, $db: 'town' });
      const commit = () => rawCommand(own.uri, { commitTransaction: 1, ...numbered });
      jest.spyOn(LmdbStore.prototype, 'commit').mockRejectedValueOnce(new Error('disk full'));
      expect(await commit()).toMatchObject({ ok: 0, code: 14031 });
      expect(await commit()).toMatchObject({
        code: 251,
        errorLabels: ['TransientTransactionError'],
      });
      expect(await collection.find().toArray()).toEqual([{ _id: 0 }]);
    }),
  );
});
