import { Schema, type Connection, type Model } from 'mongoose';

export interface SessionDoc {
  _id: string;
  personId: string;
  /** The one refresh token that is valid now; every refresh replaces it. */
  refreshId: string;
  /** The one before: coming back within seconds is a lost reply, later a theft. */
  previousRefreshId?: string;
  rotatedAt: Date;
  createdAt: Date;
  expiresAt: Date;
  revokedAt?: Date;
}

export const defineSessions = (db: Connection): Model<SessionDoc> => {
  const schema = new Schema<SessionDoc>(
    {
      _id: String,
      personId: { type: String, required: true },
      refreshId: { type: String, required: true },
      previousRefreshId: String,
      rotatedAt: Date,
      createdAt: Date,
      expiresAt: Date,
      revokedAt: Date,
    },
    { versionKey: false, autoIndex: false },
  );
  schema.index({ personId: 1 });
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  schema.index({ revokedAt: 1 }, { sparse: true });
  return db.model<SessionDoc>('Session', schema, 'sessions');
};
