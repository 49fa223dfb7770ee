import { getItem, removeItem, setItem } from './storage';
import { isH5 } from './target';

/**
 * Like storage, but for one sitting: one browser tab (two windows can be two people), one phone in WeChat.
 */
export const sessionStore = {
  get<T>(key: string): T | undefined {
    if (!isH5) return getItem<T>(key);
    try {
      const text = window.sessionStorage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  },
  set(key: string, value: unknown): boolean {
    if (!isH5) return setItem(key, value);
    try {
      window.sessionStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  remove(key: string): void {
    if (!isH5) return removeItem(key);
    try {
      window.sessionStorage.removeItem(key);
    } catch {
      // Nothing stored, nothing to remove.
    }
  },
};
