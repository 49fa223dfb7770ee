import { randomBytes } from 'node:crypto';

export interface Answer<T = any> {
  status: number;
  body: T;
  headers: Headers;
}

/** A key as clients make them, new at every call. */
export const newClientId = (): string => randomBytes(12).toString('hex');

/** Calls the server as anybody who has a token, or nobody. */
export class Client {
  constructor(
    readonly url: string,
    readonly token?: string,
    readonly me?: any,
  ) {}

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Buffer;
    const res = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body !== undefined && !raw && !(body instanceof FormData)
          ? { 'content-type': 'application/json' }
          : {}),
      },
      body:
        body === undefined
          ? undefined
          : raw || body instanceof FormData
            ? (body as BodyInit)
            : JSON.stringify(body),
    });
    const json = res.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: res.status,
      headers: res.headers,
      body: json ? await res.json() : Buffer.from(await res.arrayBuffer()),
    };
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }
  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.call('POST', path, body);
  }
  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body);
  }
  patch(path: string, body: unknown): Promise<Answer> {
    return this.call('PATCH', path, body);
  }
  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** Uploads a file as the browser does. */
  upload(bytes: Buffer, name: string, type: string): Promise<Answer> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    return this.call('POST', '/files', form);
  }

  /** Says something in a thread. */
  say(conversationId: string, text: string, clientId = newClientId()): Promise<Answer> {
    return this.post(`/conversations/${conversationId}/messages`, { kind: 'text', clientId, text });
  }
}

export class Api {
  private readonly clients = new Map<string, Promise<Client>>();
  readonly nobody: Client;

  constructor(readonly url: string) {
    this.nobody = new Client(url);
  }

  /** A persona, signed in once per test app. */
  as(personaId: string): Promise<Client> {
    const known = this.clients.get(personaId);
    if (known) return known;
    const client = this.signIn(personaId);
    this.clients.set(personaId, client);
    return client;
  }

  async signIn(personaId: string): Promise<Client> {
    const { status, body } = await this.nobody.post('/auth/persona', { personaId });
    if (status !== 200)
      throw new Error(`sign-in as ${personaId}: ${status} ${JSON.stringify(body)}`);
    return new Client(this.url, body.accessToken, body.me);
  }
}
