import { useEffect, useState } from 'react';
import { api } from '../api';
import { isVisible, onVisibleChange } from '../platform';
import { sendFrame } from '../stores/runtime';

/** A moment of looking counts as reading, ms. */
const glance = 500;

/**
 * Tells the others how far one has read: while the newest row is in view and the program in front.
 * @param seq newest message; 0 when there is none.
 * @param read how far the server knows one has read.
 */
export function useReading(
  conversationId: string,
  seq: number,
  read: number,
  atEnd: boolean,
): void {
  const [visible, setVisible] = useState(isVisible);
  useEffect(() => onVisibleChange(setVisible), []);
  useEffect(() => {
    if (!visible || !atEnd || seq <= read) return;
    const timer = setTimeout(() => {
      if (sendFrame({ t: 'read', conversationId, seq })) return;
      const params = { id: conversationId };
      // Not told now, told with the next message: nothing depends on it.
      api('POST /conversations/:id/read', { params, body: { seq } }).catch(() => undefined);
    }, glance);
    return () => clearTimeout(timer);
  }, [conversationId, seq, read, atEnd, visible]);
}
