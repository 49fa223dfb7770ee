/** Which build this is; constants at build time, so the other target's code is dropped. */
export const isWeapp = process.env.TARO_ENV === 'weapp';
export const isH5 = process.env.TARO_ENV === 'h5';

/** A window wide enough for the desk layout (CSS px). Always false in WeChat on a phone. */
export const isWideWindow = (): boolean => isH5 && window.innerWidth >= 1024;

/** Calls back when the window crosses the desk width. Returns a function that stops listening. */
export function onWideChange(listener: (wide: boolean) => void): () => void {
  if (!isH5) return () => {};
  const query = window.matchMedia('(min-width: 1024px)');
  const changed = () => listener(query.matches);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Calls back when a page could not be fetched (browsers load each page's code when it is first opened). */
export function onPageLost(listener: () => void): void {
  if (!isH5) return;
  window.addEventListener('unhandledrejection', (event) => {
    const reason = event.reason as { message?: string; name?: string } | undefined;
    if (/Loading (CSS )?chunk/.test(reason?.message ?? '') || reason?.name === 'ChunkLoadError')
      listener();
  });
}
