import { isH5 } from './target';

/**
 * Scrolling a long thread. Browsers are scrolled directly, without a jump; WeChat only through the ScrollView's
 * own properties, so there these do nothing and answer undefined.
 */
const element = (id: string): HTMLElement | null => (isH5 ? document.getElementById(id) : null);

/** How far (px) a scroller is from its end. */
export function distanceToEnd(scrollerId: string): number | undefined {
  const el = element(scrollerId);
  return el ? el.scrollHeight - el.scrollTop - el.clientHeight : undefined;
}

/** True when done; false where the ScrollView must be told instead. */
export function scrollToEnd(scrollerId: string): boolean {
  const el = element(scrollerId);
  if (el) el.scrollTop = el.scrollHeight;
  return isH5;
}

/** Where an element stands on the screen, to put it back there after rows were added or taken away. */
export const topOf = (id: string): number | undefined => element(id)?.getBoundingClientRect().top;

/** Moves a scroller's content so that the element stands at `top` again. */
export function putAt(scrollerId: string, id: string, top: number): void {
  const el = element(scrollerId);
  const now = topOf(id);
  if (el && now !== undefined) el.scrollTop += now - top;
}

/** Is this program in front of the person right now? Always in WeChat while its page runs. */
export const isVisible = (): boolean => !isH5 || document.visibilityState === 'visible';

/** Calls back when an element's height changed (rows settle after they are drawn). Browsers only. */
export function onHeightChange(id: string, listener: () => void): () => void {
  const el = element(id);
  if (!el || typeof ResizeObserver === 'undefined') return () => {};
  const observer = new ResizeObserver(listener);
  observer.observe(el);
  return () => observer.disconnect();
}
