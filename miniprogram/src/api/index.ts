import { httpRequest, httpUpload, sessionStore } from '../platform';
import { createApi } from './createApi';
import { createTokenBox } from './tokens';
import type { Held } from './tokens';

export { ApiError, problemOf } from './errors';
export { newClientId } from './clientId';
export type { CallOptions } from './createApi';

/** Set at build time for WeChat; browsers talk to where the page came from. */
export const baseUrl = process.env.TARO_APP_API ?? '';

const key = 'tokens';

export const tokens = createTokenBox({
  get: () => sessionStore.get<Held>(key),
  set: (held) => void sessionStore.set(key, held),
  remove: () => sessionStore.remove(key),
});

let whenSignedOut = () => {};

/** The session store says here what happens when the server ends the session. */
export const onSignedOut = (work: () => void): void => {
  whenSignedOut = work;
};

const client = createApi({
  baseUrl,
  tokens,
  send: httpRequest,
  upload: httpUpload,
  onSignedOut: () => whenSignedOut(),
});

/** `await api('POST /bookings', { body })`: typed by the contract. @throws ApiError */
export const api = client.call;
export const uploadFile = client.upload;
export const fileUrl = client.fileUrl;
export const renewToken = client.renew;
