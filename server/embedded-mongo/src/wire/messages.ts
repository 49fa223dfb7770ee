import { utf8 } from '../bson/slices';
import { decodeDocument, decodeWithRaw, firstKey } from '../bson/decode';
import { encodeDocument, encodeFramed } from '../bson/encode';
import type { Document } from '../bson/types';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** A decoded request. */
export interface Request {
  readonly requestId: number;
  readonly opCode: number;
  /** The command with its arguments; `documents` of an insert are left encoded (Buffer[]). */
  readonly body: Document;
  /** The command's name: the body's first field. */
  readonly name: string;
  /** False when the client wants no answer (writeConcern w: 0). */
  readonly wantsReply: boolean;
  /** The undecoded message, to search for operators that need the aggregation engine. */
  readonly bytes: Buffer;
}

/** Field whose documents stay encoded, by command. */
const RAW_FIELDS: Record<string, string> = { insert: 'documents' };

/** Decodes a whole message; undefined when its opcode is not supported. */
export function decodeRequest(bytes: Buffer): Request | undefined {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_QUERY) {
    const nsEnd = bytes.indexOf(0, 20);
    const body = decodeDocument(bytes, nsEnd + 9);
    body.$db ??= utf8(bytes, 20, nsEnd).split('.')[0];
    const name = Object.keys(body)[0] ?? '';
    return { requestId, opCode, body, name, wantsReply: true, bytes };
  }
  if (opCode !== OP_MSG) return undefined;
  const flags = bytes.readUInt32LE(16);
  const end = bytes.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let at = 20;
  let body: Document = {};
  let name = '';
  const sequences: [string, Buffer[]][] = [];
  while (at < end) {
    const kind = bytes[at++];
    const size = bytes.readInt32LE(at);
    if (kind === 0) {
      name = firstKey(bytes, at);
      const raw = RAW_FIELDS[name];
      body = raw ? decodeWithRaw(bytes, at, raw) : decodeDocument(bytes, at);
    } else sequences.push(readSequence(bytes, at, at + size));
    at += size;
  }
  for (const [field, items] of sequences)
    body[field] = RAW_FIELDS[name] === field ? items : items.map((item) => decodeDocument(item));
  return { requestId, opCode, body, name, wantsReply: !(flags & MORE_TO_COME), bytes };
}

function readSequence(bytes: Buffer, start: number, end: number): [string, Buffer[]] {
  const nameEnd = bytes.indexOf(0, start + 4);
  const items: Buffer[] = [];
  for (let at = nameEnd + 1; at < end;) {
    const size = bytes.readInt32LE(at);
    items.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [utf8(bytes, start + 4, nameEnd), items];
}

let nextId = 1;

/** Encodes a reply to a request; `tail` are ready-made elements for its end. */
export function encodeReply(request: Request, reply: Document, tail: Uint8Array): Buffer {
  const isQuery = request.opCode === OP_QUERY;
  const head = isQuery ? 36 : 21;
  const out = encodeFramed(reply, head, tail);
  out.fill(0, 0, head);
  out.writeInt32LE(out.length, 0);
  out.writeInt32LE(nextId++ & 0x7fffffff, 4);
  out.writeInt32LE(request.requestId, 8);
  out.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) {
    out.writeInt32LE(8, 16);
    out.writeInt32LE(1, 32);
  }
  return out;
}

/** A reply whose document is encoded already, with `tail` appended to it. */
export function encodeRawReply(request: Request, raw: Uint8Array, tail: Uint8Array): Buffer {
  const head = encodeReply(request, {}, Buffer.alloc(0));
  const start = head.length - 5;
  const out = Buffer.allocUnsafe(start + raw.length + tail.length);
  head.copy(out, 0, 0, start);
  out.set(raw.subarray(0, raw.length - 1), start);
  out.set(tail, start + raw.length - 1);
  out[out.length - 1] = 0;
  out.writeInt32LE(out.length, 0);
  out.writeInt32LE(raw.length + tail.length, start);
  return out;
}

/** The elements of a document without its length and terminator. */
export function elementsOf(doc: Document): Buffer {
  const bytes = encodeDocument(doc);
  return bytes.subarray(4, bytes.length - 1);
}
