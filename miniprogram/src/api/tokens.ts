import type { Tokens } from '@alley-chief/shared/contract';

export interface Held {
  accessToken: string;
  refreshToken: string;
}

/** Where tokens survive a reload: per tab in browsers, per phone in WeChat. */
export interface TokenStorage {
  get: () => Held | undefined;
  set: (held: Held) => void;
  remove: () => void;
}

export interface TokenBox {
  access: () => string | undefined;
  refresh: () => string | undefined;
  put: (tokens: Tokens) => void;
  clear: () => void;
}

/** Tokens in memory with a copy in storage, which is read once. */
export function createTokenBox(storage: TokenStorage): TokenBox {
  let held = storage.get();
  return {
    access: () => held?.accessToken,
    refresh: () => held?.refreshToken,
    put({ accessToken, refreshToken }) {
      held = { accessToken, refreshToken };
      storage.set(held);
    },
    clear() {
      held = undefined;
      storage.remove();
    },
  };
}
