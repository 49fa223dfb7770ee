import Taro from '@tarojs/taro';
import { isWeapp } from './target';

export interface NavMetrics {
  /** px to leave free for the status bar. */
  top: number;
  /** Height in px that centres content on the capsule; 0 where there is none. */
  height: number;
  /** px to keep clear at the right for the capsule. */
  right: number;
}

const none: NavMetrics = { top: 0, height: 0, right: 0 };
let known: NavMetrics | undefined;

/** Where WeChat's capsule sits. All zero in browsers. Asked once: it does not move. */
export function navMetrics(): NavMetrics {
  if (!isWeapp) return none;
  if (known) return known;
  try {
    const rect = Taro.getMenuButtonBoundingClientRect();
    const { statusBarHeight = 20, windowWidth } = Taro.getWindowInfo();
    // Some phones answer with zeros until the first page is laid out: the usual place, and ask again.
    if (!rect?.height) return { top: statusBarHeight, height: 48, right: 103 };
    known = {
      top: statusBarHeight,
      height: Math.max(44, (rect.top - statusBarHeight) * 2 + rect.height),
      right: windowWidth - rect.left + 8,
    };
    return known;
  } catch {
    return { top: 20, height: 48, right: 103 };
  }
}

/** The box of an element by its id, in px; undefined when it is not on the page. */
export function boxOf(elementId: string): Promise<{ top: number; height: number } | undefined> {
  return new Promise((resolve) => {
    Taro.createSelectorQuery()
      .select(`#${elementId}`)
      .boundingClientRect((box) => {
        const one = Array.isArray(box) ? box[0] : box;
        resolve(one ? { top: one.top, height: one.height } : undefined);
      })
      .exec();
  });
}

/** Design px (at 750) as a style value: rpx in WeChat, rem in browsers. For sizes only known at run time. */
export const size = (designPx: number): string =>
  isWeapp ? `${designPx}rpx` : `${designPx / 40}rem`;

/** Runs after the next paint, when new rows have their height. */
export const afterPaint = (work: () => void): void => Taro.nextTick(work);
