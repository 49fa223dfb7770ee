import type { Page } from 'playwright-core';

/** Elements in view that stick out to the right of the window, by class; rows made to scroll sideways may. */
export const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const clipped = (e: Element | null): boolean =>
      !!e && (getComputedStyle(e).overflowX !== 'visible' || clipped(e.parentElement));
    return Array.from(document.querySelectorAll('.page *'))
      .filter((e) => e.getClientRects().length > 0 && e.getBoundingClientRect().right > width + 1)
      .filter((e) => !clipped(e.parentElement))
      .map((e) => e.className)
      .concat(document.documentElement.scrollWidth > width ? ['the document itself'] : []);
  });

/** Words in view that are cut off without saying so, or are wider than what holds them. */
export const cutWords = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll('.page-col .row, .page-col .acts'))
      .filter((e) => e.getClientRects().length > 0 && e.scrollWidth > e.clientWidth + 1)
      .filter((e) => getComputedStyle(e).overflowX === 'visible')
      .map((e) => `${e.className}: ${(e as HTMLElement).innerText.slice(0, 40)}`),
  );

export interface Touchable {
  name: string;
  width: number;
  height: number;
}

/** Everything in view that can be pressed, with its size in px; a field is as large as its frame. */
export const touchables = (page: Page): Promise<Touchable[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll('[role=button], [role=checkbox], [role=tab], input'))
      .filter((e) => e.getClientRects().length > 0)
      .map((e) => {
        const { width, height } = (e.closest('.bar-field') ?? e).getBoundingClientRect();
        const name = e.getAttribute('aria-label') ?? (e as HTMLElement).innerText;
        return { name: name.trim(), width: Math.round(width), height: Math.round(height) };
      }),
  );

/** Sizes (px) at which words stand on the page in front, each with an example. */
export const printSizes = (page: Page): Promise<{ size: number; words: string }[]> =>
  page.evaluate(() => {
    const seen = new Map<number, string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent?.trim();
      const holder = node.parentElement;
      if (!words || !holder || !holder.closest('.page') || !holder.getClientRects().length)
        continue;
      seen.set(parseFloat(getComputedStyle(holder).fontSize), words);
    }
    return Array.from(seen, ([size, words]) => ({ size, words })).sort((a, b) => a.size - b.size);
  });
