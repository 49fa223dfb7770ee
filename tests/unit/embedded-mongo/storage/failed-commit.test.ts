import { LmdbStore } from '../../../../server/embedded-mongo/src/storage/lmdb-store';
import { Binary, Long, rawCommand, TestDatabase, itOwn } from '../support';

describe('a batch that cannot be written', () => {
  itOwn('is no committed transaction, however often the commit is repeated', () =>
    TestDatabase.use(async (own) => {
      await own.db.createCollection('t');
      const number = {
        lsid: { id: new Binary(Buffer.alloc(16, 9), 4) },
        txnNumber: Long.ONE,
        autocommit: false,
      };
      const insert = { insert: 't', $db: 'town', startTransaction: true, ...number };
      const documents = [{ _id: 1 }];
      expect(await rawCommand(own.uri, { ...insert, documents })).toMatchObject({ ok: 1 });
      const commit = { commitTransaction: 1, $db: 'admin', ...number };
      const disk = jest.spyOn(LmdbStore.prototype, 'commit');
      disk.mockRejectedValueOnce(new Error('no space left on device'));
      expect(await rawCommand(own.uri, commit)).toMatchObject({ ok: 0, code: 14031 });
      disk.mockRestore();
      expect(await rawCommand(own.uri, commit)).toMatchObject({ ok: 0, code: 251 });
      expect(await own.db.collection('t').countDocuments()).toBe(0);
      await own.restart();
      expect(await own.db.collection('t').countDocuments()).toBe(0);
    }),
  );

  itOwn('leaves nothing behind when what it writes is beyond what can be stored', () =>
    TestDatabase.use(async (own) => {
      // A session without an id has no key under which its record could stand.
      const reply = await rawCommand(own.uri, {
        insert: 't',
        $db: 'town',
        documents: [{ _id: 1 }],
        lsid: { id: new Binary(Buffer.alloc(0), 4) },
        txnNumber: Long.ONE,
      });
      expect(reply.ok).toBe(0);
      expect(await own.db.collection('t').find().toArray()).toEqual([]);
      await own.restart();
      expect(await own.db.collection('t').find().toArray()).toEqual([]);
      await own.db.collection('t').insertOne({ a: 1 });
      expect(await own.db.collection('t').countDocuments()).toBe(1);
    }),
  );
});
