import mongoose from 'mongoose';

/** A command as one wire message, without a driver that would add to it. */
export const messageOf = (command: object): Buffer => {
  const body = mongoose.mongo.BSON.serialize(command);
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
};
