import { useEffect, useRef } from 'react';
import type { ServerFrame } from '@alley-chief/shared/realtime';

type Listener = (frame: ServerFrame) => void;
const listeners = new Set<Listener>();

/** Hands a frame to everyone who listens. Frames come from the link, and from acts done on this phone. */
export const tellFrame: Listener = (frame) => {
  for (const listener of [...listeners]) listener(frame);
};

export function onFrames(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Calls back with every frame while the component lives.
 * @param onBack called after a time without connection, when lists may have changed unseen.
 */
export function useFrames(onFrame: Listener, onBack?: () => void): void {
  const latest = useRef({ onFrame, onBack });
  latest.current = { onFrame, onBack };
  useEffect(
    () =>
      onFrames((frame) => {
        latest.current.onFrame(frame);
        if (frame.t === 'resumed' && !frame.more) latest.current.onBack?.();
      }),
    [],
  );
}
