import Taro from '@tarojs/taro';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  url: string;
  method: Method;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Milliseconds; 15,000 unless said otherwise (slow village networks). */
  timeout?: number;
}

export interface HttpReply {
  status: number;
  data: unknown;
  headers: Record<string, string>;
}

/** No answer came: no network, a time-out, a closed connection. The request may or may not have arrived. */
export class NoAnswerError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NoAnswerError';
  }
}

/** One HTTP exchange. Any status is an answer; only the lack of one throws (NoAnswerError). */
export async function httpRequest(request: HttpRequest): Promise<HttpReply> {
  try {
    const reply = await Taro.request({
      url: request.url,
      method: request.method,
      header: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...request.headers,
      },
      data: request.body === undefined ? undefined : JSON.stringify(request.body),
      timeout: request.timeout ?? 15_000,
    });
    if (typeof reply.statusCode !== 'number') throw new NoAnswerError('no status');
    return { status: reply.statusCode, data: reply.data, headers: lowerCase(reply.header) };
  } catch (error) {
    throw toNoAnswer(error);
  }
}

export interface UploadRequest {
  url: string;
  /** Local path or blob address of the file. */
  path: string;
  /** Given so that H5, whose blobs have no name, sends one too. */
  fileName: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
  timeout?: number;
}

/** Sends one file as the multipart field `file`. Same promises as httpRequest. */
export async function httpUpload(request: UploadRequest): Promise<HttpReply> {
  try {
    const reply = await Taro.uploadFile({
      url: request.url,
      filePath: request.path,
      name: 'file',
      fileName: request.fileName,
      header: request.headers ?? {},
      formData: request.fields ?? {},
      timeout: request.timeout ?? 60_000,
    });
    if (typeof reply.statusCode !== 'number') throw new NoAnswerError('no status');
    return { status: reply.statusCode, data: parsed(reply.data), headers: {} };
  } catch (error) {
    throw toNoAnswer(error);
  }
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const lowerCase = (headers: Record<string, unknown> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

const toNoAnswer = (error: unknown): NoAnswerError =>
  error instanceof NoAnswerError
    ? error
    : new NoAnswerError(
        (error as { errMsg?: string; message?: string } | undefined)?.errMsg ??
          (error as Error | undefined)?.message ??
          'no answer',
      );
