import Taro from '@tarojs/taro';

/** Reads a stored value, or undefined when there is none or it cannot be read. */
export function getItem<T>(key: string): T | undefined {
  try {
    const value: unknown = Taro.getStorageSync(key);
    return value === '' || value === null ? undefined : (value as T);
  } catch {
    return undefined;
  }
}

/** Stores a JSON value. False when the device refuses (full, private mode): callers keep it in memory. */
export function setItem(key: string, value: unknown): boolean {
  try {
    Taro.setStorageSync(key, value);
    return true;
  } catch {
    return false;
  }
}

export function removeItem(key: string): void {
  try {
    Taro.removeStorageSync(key);
  } catch {
    // Nothing stored, nothing to remove.
  }
}
