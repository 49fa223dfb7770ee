import type { Socket } from 'node:net';
import type { Request } from './messages';
import { decodeRequest } from './messages';

const MAX_MESSAGE = 48_000_000;

/** Splits a socket's bytes into wire messages and hands each to `handle`. */
export function readMessages(socket: Socket, handle: (request: Request) => void): void {
  let chunks: Buffer[] = [];
  let have = 0;
  let want = 16;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    have += chunk.length;
    if (have < want) return;
    let buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks, have);
    while (buffer.length >= 16) {
      const size = buffer.readInt32LE(0);
      if (size < 16 || size > MAX_MESSAGE + 16384) {
        socket.destroy();
        return;
      }
      if (buffer.length < size) break;
      const request = safeDecode(buffer.subarray(0, size));
      if (!request) {
        socket.destroy();
        return;
      }
      handle(request);
      buffer = buffer.subarray(size);
    }
    want = buffer.length >= 16 ? buffer.readInt32LE(0) : 16;
    chunks = buffer.length ? [buffer] : [];
    have = buffer.length;
  });
}

/** A message that cannot be decoded ends the connection: its framing cannot be trusted. */
function safeDecode(bytes: Buffer): Request | undefined {
  try {
    return decodeRequest(bytes);
  } catch {
    return undefined;
  }
}
