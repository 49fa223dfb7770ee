import { useRef, useState } from 'react';
import type { ITouchEvent } from '@tarojs/components';

/** px a finger must slide up before letting go means "do not send". */
const cancelDistance = 60;

interface HoldEvents {
  onStart: () => void;
  /** @param cancelled the finger slid up before it was lifted. */
  onEnd: (cancelled: boolean) => void;
}

/**
 * Press and hold, on a finger or a mouse. WeChat sends touch events, browsers pointer events (which also
 * cover the mouse on a PC); Enter and the space bar start and stop for keyboards.
 */
export function useHold({ onStart, onEnd }: HoldEvents): {
  cancelling: boolean;
  /** Spread onto the View; the set depends on the target. */
  handlers: Record<string, unknown>;
} {
  const from = useRef<number>();
  const [cancelling, setCancelling] = useState(false);

  const down = (y: number) => {
    if (from.current !== undefined) return;
    from.current = y;
    setCancelling(false);
    onStart();
  };
  const move = (y: number) => {
    if (from.current !== undefined) setCancelling(from.current - y > cancelDistance);
  };
  const up = (cancelled: boolean) => {
    if (from.current === undefined) return;
    from.current = undefined;
    setCancelling(false);
    onEnd(cancelled);
  };

  if (process.env.TARO_ENV !== 'h5') {
    const y = (event: ITouchEvent) => event.touches[0]?.clientY ?? 0;
    return {
      cancelling,
      handlers: {
        onTouchStart: (event: ITouchEvent) => down(y(event)),
        onTouchMove: (event: ITouchEvent) => move(y(event)),
        onTouchEnd: () => up(cancelling),
        onTouchCancel: () => up(true),
      },
    };
  }
  return {
    cancelling,
    handlers: {
      tabIndex: 0,
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return;
        (event.currentTarget as Element | null)?.setPointerCapture?.(event.pointerId);
        down(event.clientY);
      },
      onPointerMove: (event: PointerEvent) => move(event.clientY),
      onPointerUp: () => up(cancelling),
      onPointerCancel: () => up(true),
      onContextMenu: (event: Event) => event.preventDefault(),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        if (from.current === undefined) down(0);
        else up(false);
      },
    },
  };
}
