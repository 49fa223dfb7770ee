import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ScrollViewProps } from '@tarojs/components';
import {
  boxOf,
  distanceToEnd,
  isWeapp,
  onHeightChange,
  putAt,
  scrollToEnd,
  topOf,
} from '../platform';
import type { Row } from './rows';
import { atEnd, lasting, newer, older, startingAt, stretchOf } from './window';
import type { RowWindow } from './window';
import type { ThreadViewProps } from './ThreadView';

/** px from the end within which one is at the end, and beyond which one has left it. */
const near = 32;
const far = 140;
/** Rows settle within this long after they are drawn; until then the anchor is held. */
const settling = 250;

const plain = (id: string): string => id.replace(/[^A-Za-z0-9]/g, '-');

/** Scrolling of a thread: follows the newest row, keeps its place when rows come in above, jumps on request. */
export function useThreadScroll({
  conversationId,
  rows,
  hasOlder,
  onOlder,
  unread,
  onAtEnd,
}: Pick<
  ThreadViewProps,
  'conversationId' | 'rows' | 'hasOlder' | 'onOlder' | 'unread' | 'onAtEnd'
>) {
  const scrollerId = `thread-${plain(conversationId)}`;
  const contentId = `${scrollerId}-in`;
  const endId = `${scrollerId}-end`;
  const rowId = useCallback((key: string) => `${scrollerId}-${plain(key)}`, [scrollerId]);

  const [window, setWindow] = useState<RowWindow>(atEnd);
  const [following, setFollowing] = useState(true);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const [into, setInto] = useState('');
  const [unreadAbove, setUnreadAbove] = useState(true);
  /** Newest row when one left the end. */
  const [left, setLeft] = useState<string>();
  const anchor = useRef<{ id: string; top: number; until: number }>();
  const viewHeight = useRef(0);

  const [from, to] = stretchOf(rows, window);
  const now = useRef({ rows, window, following, from, to });
  now.current = { rows, window, following, from, to };

  useEffect(() => onAtEnd(following), [following, onAtEnd]);
  useEffect(() => {
    if (isWeapp) void boxOf(scrollerId).then((box) => (viewHeight.current = box?.height ?? 0));
  }, [scrollerId]);

  /** Puts the view where it belongs after rows were drawn or changed their height. */
  const settle = useCallback(() => {
    const held = anchor.current;
    if (held && Date.now() < held.until) putAt(scrollerId, held.id, held.top);
    else if (now.current.following && !scrollToEnd(scrollerId)) {
      // A ScrollView goes to an element only when its name changes: two stand at the end, in turns.
      setInto((before) => (before === `${endId}-a` ? `${endId}-b` : `${endId}-a`));
    }
  }, [scrollerId, endId]);
  useLayoutEffect(settle, [rows, from, to, settle]);
  useEffect(() => onHeightChange(contentId, settle), [contentId, settle]);

  /** Changes the mounted stretch while a row stays where it is on the screen. */
  const shift = useCallback(
    (next: RowWindow, keep: Row | undefined) => {
      const id = keep && rowId(keep.key);
      const top = id ? topOf(id) : undefined;
      if (id && top !== undefined) anchor.current = { id, top, until: Date.now() + settling };
      else if (id) setInto(id);
      setWindow(next);
    },
    [rowId],
  );

  const leaveEnd = useCallback(() => {
    const { rows, from, following } = now.current;
    if (!following) return;
    setFollowing(false);
    setLeft(rows.at(-1)?.key);
    // From now on rows that arrive below must not push others out above.
    const first = lasting(rows, from)?.key;
    setWindow((w) => ({ ...w, ...(first !== undefined && { first }) }));
  }, []);

  const onUpper = useCallback(async () => {
    const { rows, window, from } = now.current;
    const top = lasting(rows, from);
    if (!top || loadingOlder) return;
    setUnreadAbove(false);
    if (from > 0) return shift(older(rows, window), top);
    if (!hasOlder) return;
    leaveEnd();
    setLoadingOlder(true);
    await onOlder().catch(() => undefined);
    setLoadingOlder(false);
    // The next paint knows the older rows; the one that was first keeps its place.
    setTimeout(() =>
      shift(older(now.current.rows, { ...now.current.window, first: top.key }), top),
    );
  }, [hasOlder, leaveEnd, loadingOlder, onOlder, shift]);

  const onLower = useCallback(() => {
    const { rows, window, to } = now.current;
    if (to < rows.length) return shift(newer(rows, window), rows[to - 1]);
    anchor.current = undefined;
    setWindow(atEnd);
    setFollowing(true);
  }, [shift]);

  const onScroll: ScrollViewProps['onScroll'] = (event) => {
    const { scrollHeight, scrollTop } = event.detail;
    const distance = distanceToEnd(scrollerId) ?? scrollHeight - scrollTop - viewHeight.current;
    if (distance > far) leaveEnd();
    else if (distance < near && !now.current.following) onLower();
  };

  const toEnd = useCallback(() => {
    anchor.current = undefined;
    setWindow(atEnd);
    setFollowing(true);
    setTimeout(settle);
  }, [settle]);

  const toUnread = () => {
    if (!unread) return;
    setUnreadAbove(false);
    leaveEnd();
    setWindow(startingAt(rows, unread.key));
    const id = rowId(unread.key);
    if (isWeapp) setInto(id);
    else {
      const top = topOf(scrollerId) ?? 0;
      anchor.current = { id, top: top + 40, until: Date.now() + settling };
    }
    setTimeout(settle);
  };

  const leftAt = left === undefined ? -1 : rows.findIndex((row) => row.key === left);
  const fresh =
    following || leftAt < 0
      ? 0
      : rows.slice(leftAt + 1).filter((r) => r.kind === 'card' || (r.kind === 'message' && !r.mine))
          .length;

  return {
    scrollerId,
    contentId,
    endId,
    rowId,
    from,
    to,
    into,
    following,
    fresh,
    loadingOlder,
    unreadAbove,
    onScroll,
    onUpper: () => void onUpper(),
    onLower,
    toEnd,
    toUnread,
  };
}
