import type {
  BodyIn,
  FileView,
  ParamsIn,
  QueryIn,
  Reply,
  Route,
  Tokens,
} from '@alley-chief/shared/contract';
import type { HttpReply, HttpRequest, UploadRequest } from '../platform';
import { addressOf } from './address';
import { errorFrom, localError } from './errors';
import type { TokenBox } from './tokens';

type Given<K extends string, V> = [V] extends [undefined]
  ? { [k in K]?: undefined }
  : { [k in K]: V };
/** A query is optional as a whole when every part of it is. */
type GivenQuery<V> = [V] extends [undefined]
  ? { query?: undefined }
  : Partial<V> extends V
    ? { query?: V }
    : { query: V };

/** What a route takes, read off the contract: params, body and query exactly where it declares them. */
export type CallOptions<R extends Route> = Given<'params', ParamsIn<R>> &
  Given<'body', BodyIn<R>> &
  GivenQuery<QueryIn<R>>;

/** Routes that need nothing may be called without a second argument. */
type Args<R extends Route> =
  Record<string, never> extends CallOptions<R>
    ? [options?: CallOptions<R>]
    : [options: CallOptions<R>];

export interface ApiDeps {
  /** '' on H5 (same origin), https://… in WeChat. */
  baseUrl: string;
  tokens: TokenBox;
  send: (request: HttpRequest) => Promise<HttpReply>;
  upload: (request: UploadRequest) => Promise<HttpReply>;
  /** The session is over: refresh was refused. Called once per session. */
  onSignedOut: () => void;
}

export interface Api {
  /** Calls an endpoint. @throws ApiError; `offline` when no answer came (the call may have arrived). */
  call: <R extends Route>(route: R, ...args: Args<R>) => Promise<Reply<R>>;
  /** Sends one picture or voice clip. @throws ApiError */
  upload: (path: string, fileName: string) => Promise<FileView>;
  /** A full address for <Image>: the server's are relative. */
  fileUrl: (url: string) => string;
  /** Access token that is good right now, renewed when asked to. */
  renew: () => Promise<string | undefined>;
}

/** A refresh that got no answer says nothing about the session. */
type Renewal = 'renewed' | 'refused' | 'noAnswer';

/** The one way to the server: typed by the contract, renews its token once for all who wait for it. */
export function createApi({ baseUrl, tokens, send, upload, onSignedOut }: ApiDeps): Api {
  let renewing: Promise<Renewal> | undefined;

  const noAnswer = (): never => {
    throw localError('offline');
  };
  const authorised = (): Record<string, string> => {
    const token = tokens.access();
    return token ? { authorization: `Bearer ${token}` } : {};
  };

  async function askForTokens(): Promise<Renewal> {
    const refreshToken = tokens.refresh();
    if (!refreshToken) return 'refused';
    const reply = await send({
      url: `${baseUrl}/auth/refresh`,
      method: 'POST',
      body: { refreshToken },
    }).catch(() => undefined);
    if (!reply || reply.status >= 500 || reply.status === 429) return 'noAnswer';
    if (reply.status !== 200) {
      // Somebody may have signed in anew while this was under way; their tokens are not ours to drop.
      if (tokens.refresh() === refreshToken) {
        tokens.clear();
        onSignedOut();
      }
      return 'refused';
    }
    tokens.put(reply.data as Tokens);
    return 'renewed';
  }

  /** Single flight: a refresh token works once, so everyone who needs a new pair waits for the same one. */
  const renewOnce = (): Promise<Renewal> => {
    renewing ??= askForTokens().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  async function exchange(attempt: () => Promise<HttpReply>): Promise<HttpReply> {
    const used = tokens.access();
    const reply = await attempt().catch(noAnswer);
    if (reply.status !== 401 || !tokens.refresh()) return reply;
    // Another call may have renewed the pair while this one was on its way.
    const renewal = tokens.access() !== used ? 'renewed' : await renewOnce();
    if (renewal === 'noAnswer') throw localError('offline');
    if (renewal === 'refused') throw localError('signedOut');
    return attempt().catch(noAnswer);
  }

  const read = <T>(reply: HttpReply): T => {
    if (reply.status >= 200 && reply.status < 300) return reply.data as T;
    throw errorFrom(reply.status, reply.data);
  };

  return {
    async call(route, ...args) {
      const { params, query, body } = (args[0] ?? {}) as {
        params?: Record<string, unknown>;
        query?: Record<string, unknown>;
        body?: unknown;
      };
      const [method, path] = addressOf(route, params, query);
      const reply = await exchange(() =>
        send({
          url: baseUrl + path,
          method: method as HttpRequest['method'],
          headers: authorised(),
          // WeChat and Koa both want a body where one is announced.
          ...(method !== 'GET' && { body: body ?? {} }),
        }),
      );
      return read(reply);
    },
    async upload(path, fileName) {
      const reply = await exchange(() =>
        upload({ url: `${baseUrl}/files`, path, fileName, headers: authorised() }),
      );
      return read<FileView>(reply);
    },
    fileUrl: (url) => (url.startsWith('/') ? baseUrl + url : url),
    async renew() {
      const renewal = await renewOnce();
      return renewal === 'renewed' ? tokens.access() : undefined;
    },
  };
}
