import Taro from '@tarojs/taro';
import { isWeapp } from './target';

/** A one-time sign-in code from WeChat; undefined in browsers (their stub resolves without one). */
export async function signInCode(): Promise<string | undefined> {
  if (!isWeapp) return undefined;
  try {
    return (await Taro.login()).code || undefined;
  } catch {
    return undefined;
  }
}

/** Asks to send notices (three templates at most, only from a tap). True when at least one was allowed. */
export async function askForNotices(templateIds: string[]): Promise<boolean> {
  if (!isWeapp || !templateIds.length) return false;
  try {
    const answer = (await Taro.requestSubscribeMessage({
      tmplIds: templateIds.slice(0, 3),
      entityIds: [],
    })) as unknown as Record<string, string>;
    return templateIds.some((id) => answer[id] === 'accept');
  } catch {
    return false;
  }
}

export const canScan = isWeapp;

/** Reads a QR code with the camera; undefined when there is none or in browsers. */
export async function scanCode(): Promise<string | undefined> {
  if (!canScan) return undefined;
  try {
    return (await Taro.scanCode({ scanType: ['qrCode'] })).result || undefined;
  } catch {
    return undefined;
  }
}

/** WeChat's own font setting, 1 is standard; 1.4 in its 关怀模式. Used once, to offer the elder mode. */
export function systemFontScale(): number {
  if (!isWeapp) return 1;
  try {
    const info = Taro.getAppBaseInfo() as {
      fontSizeScaleFactor?: number;
      fontSizeSetting?: number;
    };
    return info.fontSizeScaleFactor ?? (info.fontSizeSetting ?? 17) / 17;
  } catch {
    return 1;
  }
}
