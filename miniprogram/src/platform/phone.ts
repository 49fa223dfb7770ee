import Taro from '@tarojs/taro';
import { isH5 } from './target';

/** Opens the dialler. The user still has to press call; leaving it is not an error. */
export function callNumber(number: string): void {
  if (isH5) {
    window.location.href = `tel:${number}`;
    return;
  }
  Taro.makePhoneCall({ phoneNumber: number }).catch(() => undefined);
}

/** Copies a text. False when the device refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (isH5 && navigator.clipboard) await navigator.clipboard.writeText(text);
    else await Taro.setClipboardData({ data: text });
    return true;
  } catch {
    return false;
  }
}

/** A short buzz when talking starts; silent where there is no motor. */
export function buzz(): void {
  if (!isH5) Taro.vibrateShort({ type: 'light' }).catch(() => undefined);
}
