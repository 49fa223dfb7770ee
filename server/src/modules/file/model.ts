import { mongo, type Connection } from 'mongoose';

/** What GridFS keeps beside the bytes. */
export interface FileMeta {
  ownerId: string;
  kind: 'image' | 'voice';
  contentType: string;
  width?: number;
  height?: number;
}

export interface StoredFile {
  _id: string;
  length: number;
  metadata: FileMeta;
}

export const bucketOf = (db: Connection): mongo.GridFSBucket => {
  if (!db.db) throw new Error('database not open');
  return new mongo.GridFSBucket(db.db, { bucketName: 'files' });
};
