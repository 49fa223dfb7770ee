import { useCallback, useEffect, useRef, useState } from 'react';
import { playVoice, speak } from '../platform';

export interface Sound {
  /** Key of what is being played or read aloud. */
  sounding: string | undefined;
  /** Plays a clip; the same key again stops it. */
  play: (key: string, url: string) => void;
  /** Reads words aloud; the same key again stops it. */
  say: (key: string, words: string) => void;
  stop: () => void;
}

/** One sound at a time: a clip, or words read aloud. */
export function useSound(): Sound {
  const [sounding, setSounding] = useState<string>();
  const current = useRef<{ key: string; stop: () => void }>();

  const stop = useCallback(() => {
    const was = current.current;
    current.current = undefined;
    setSounding(undefined);
    was?.stop();
  }, []);
  useEffect(() => stop, [stop]);

  const start = useCallback(
    (key: string, begin: (onEnd: () => void) => () => void) => {
      const again = current.current?.key === key;
      stop();
      if (again) return;
      setSounding(key);
      const mine = { key, stop: () => {} };
      current.current = mine;
      mine.stop = begin(() => {
        if (current.current === mine) stop();
      });
    },
    [stop],
  );

  return {
    sounding,
    play: useCallback((key, url) => start(key, (onEnd) => playVoice(url, onEnd)), [start]),
    say: useCallback((key, words) => start(key, (onEnd) => speak(words, onEnd)), [start]),
    stop,
  };
}
