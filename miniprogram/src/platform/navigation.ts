import Taro from '@tarojs/taro';
import { isH5 } from './target';

export type Params = Record<string, string | number | boolean | undefined>;

/** `/pages/x/index?a=1`: values are encoded, undefined ones left out. */
export function urlOf(path: string, params: Params = {}): string {
  const query = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
    .join('&');
  return query ? `${path}?${query}` : path;
}

// WeChat keeps ten pages at most; from then on a page replaces the last one instead of failing.
const deepest = 10;

/** Opens a page on top. */
export function go(path: string, params?: Params): void {
  const url = urlOf(path, params);
  const full = Taro.getCurrentPages().length >= deepest;
  (full ? Taro.redirectTo({ url }) : Taro.navigateTo({ url })).catch(() => undefined);
}

/** Opens a page in place of this one. */
export function swapTo(path: string, params?: Params): void {
  Taro.redirectTo({ url: urlOf(path, params) }).catch(() => undefined);
}

/** Closes everything and starts at a page (after signing in, or from the bottom navigation). */
export function startAt(path: string, params?: Params): void {
  Taro.reLaunch({ url: urlOf(path, params) }).catch(() => undefined);
}

/** One page back; to the entry page when this one was opened directly. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) {
    Taro.navigateBack({ delta: 1 }).catch(() => undefined);
  } else if (isH5 && window.history.length > 1) {
    window.history.back();
  } else {
    const home = Taro.getApp<{ config?: { pages?: string[] } }>()?.config?.pages?.[0];
    if (home) startAt(`/${home}`);
  }
}

/** Parameters of the page on top, decoded. */
export function pageParams(): Record<string, string> {
  const raw = Taro.getCurrentInstance().router?.params ?? {};
  return Object.fromEntries(
    Object.entries(raw)
      // Taro adds a `stamp` of its own in browsers.
      .filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' && entry[0] !== 'stamp' && !entry[0].startsWith('$'),
      )
      .map(([key, value]) => [key, decode(value)]),
  );
}

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Is there a page below this one? False for the pages of the bottom navigation. */
export const canGoBack = (): boolean => Taro.getCurrentPages().length > 1;
