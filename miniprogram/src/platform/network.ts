import Taro from '@tarojs/taro';
import { isH5 } from './target';

/** Is there any network? True when the device cannot tell. */
export async function isOnline(): Promise<boolean> {
  if (isH5) return navigator.onLine;
  try {
    const { networkType } = await Taro.getNetworkType();
    return networkType !== 'none';
  } catch {
    return true;
  }
}

/** Calls back when the network comes or goes. Returns a function that stops listening. */
export function onNetworkChange(listener: (online: boolean) => void): () => void {
  if (isH5) {
    const on = () => listener(true);
    const off = () => listener(false);
    window.addEventListener('online', on);
    window.addEventListener('offline', off);
    return () => {
      window.removeEventListener('online', on);
      window.removeEventListener('offline', off);
    };
  }
  const changed = (status: { isConnected: boolean }) => listener(status.isConnected);
  Taro.onNetworkStatusChange(changed);
  return () => Taro.offNetworkStatusChange(changed);
}

/** Calls back when the app goes to the background (false) or returns (true). Returns the stop function. */
export function onVisibleChange(listener: (visible: boolean) => void): () => void {
  if (isH5) {
    const changed = () => listener(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }
  const shown = () => listener(true);
  const hidden = () => listener(false);
  Taro.onAppShow(shown);
  Taro.onAppHide(hidden);
  return () => {
    Taro.offAppShow(shown);
    Taro.offAppHide(hidden);
  };
}
