import { useRef } from 'react';
import { useDidShow } from '@tarojs/taro';

/** Runs `again` whenever the page is come back to, not when it first opens. */
export function useShown(again: () => void): void {
  const opened = useRef(false);
  useDidShow(() => {
    if (opened.current) again();
    opened.current = true;
  });
}
