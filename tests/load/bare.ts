import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { connect } from '../../server/src/database/connect';

/**
 * The yardstick: a Koa route that does nothing but `n` acknowledged majority writes, one after the
 * other, with the plain driver on the same database process. No validation, no sign-in, no indexes
 * beside `_id`, nobody told.
 */
export const serveBare = async (uri: string): Promise<void> => {
  const db = await connect(uri, 'bare');
  const rows = db.db!.collection('rows');
  const koa = new Koa();
  koa.use(async (ctx) => {
    const chunks: Buffer[] = [];
    for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as object;
    const writes = Number(ctx.query['writes'] ?? 1);
    for (let i = 0; i < writes; i++) await rows.insertOne({ ...body, i, at: new Date() });
    ctx.status = 201;
    ctx.body = body;
  });
  const server = http.createServer(koa.callback());
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
  // The benchmark holds the other end: when it is gone, however it went, so is this.
  process.stdin.on('end', () => process.exit(0)).resume();
};
