import { CustomWrapper, ScrollView, Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Card } from '@alley-chief/shared/contract';
import { cx } from '../components/classes';
import { Icon } from '../components/Icon';
import { Tap } from '../components/Tap';
import { isWeapp } from '../platform';
import { ThreadRow } from './ThreadRow';
import type { RowHandlers } from './ThreadRow';
import type { Row } from './rows';
import { useThreadScroll } from './useThreadScroll';
import './index.scss';

export interface ThreadViewProps {
  conversationId: string;
  rows: readonly Row[];
  hasOlder: boolean;
  /** Reads older messages from the server. */
  onOlder: () => Promise<void>;
  now: number;
  handlers: RowHandlers;
  /** Row whose clip or words are being played. */
  sounding: string | undefined;
  busyOf: (card: Card) => string | undefined;
  /** First row that was not read when the thread was opened, and how many follow. */
  unread?: { key: string; count: number } | undefined;
  /** After the last row: who is typing. */
  tail?: ReactNode;
  /** The newest row is in view (or no longer). */
  onAtEnd: (atEnd: boolean) => void;
}

/** The scrolling thread: sixty rows at most are mounted, older ones come in while one scrolls up. */
export function ThreadView(props: ThreadViewProps) {
  const { rows, now, handlers, sounding, busyOf, unread, tail } = props;
  const scroll = useThreadScroll(props);
  const mounted = rows.slice(scroll.from, scroll.to);
  return (
    <View className="thread">
      <ScrollView
        id={scroll.scrollerId}
        className="thread-scroll"
        scrollY
        enhanced
        showScrollbar={false}
        {...(isWeapp && { scrollIntoView: scroll.into })}
        upperThreshold={240}
        lowerThreshold={40}
        onScroll={scroll.onScroll}
        onScrollToUpper={scroll.onUpper}
        onScrollToLower={scroll.onLower}
      >
        <View id={scroll.contentId} className="thread-in">
          {scroll.loadingOlder && (
            <View className="stamp">
              <Text>正在找以前的话…</Text>
            </View>
          )}
          {mounted.map((row) => (
            <View key={row.key} id={scroll.rowId(row.key)}>
              <Apart>
                <ThreadRow
                  row={row}
                  now={row.kind === 'card' || row.kind === 'stamp' ? now : 0}
                  sounding={sounding === row.key}
                  busy={row.kind === 'card' ? busyOf(row.card) : undefined}
                  handlers={handlers}
                />
              </Apart>
            </View>
          ))}
          {tail}
          <View id={`${scroll.endId}-a`} />
          <View id={`${scroll.endId}-b`} className="thread-end" />
        </View>
      </ScrollView>
      {unread && scroll.unreadAbove && (
        <Jump place="top" icon="up" words={`${unread.count} 条没看`} onTap={scroll.toUnread} />
      )}
      {!scroll.following && (
        <Jump
          place="end"
          icon="down"
          words={scroll.fresh ? `${scroll.fresh} 条新的` : ''}
          onTap={scroll.toEnd}
        />
      )}
    </View>
  );
}

/** In WeChat each row is a component of its own: a change in one does not send the others again. */
const Apart = ({ children }: PropsWithChildren) =>
  isWeapp ? <CustomWrapper>{children}</CustomWrapper> : <>{children}</>;

function Jump({
  place,
  icon,
  words,
  onTap,
}: {
  place: 'top' | 'end';
  icon: 'up' | 'down';
  words: string;
  onTap: () => void;
}) {
  return (
    <Tap
      className={cx('thread-jump row', `thread-jump-${place}`)}
      label={words || '到最新的一句'}
      onTap={onTap}
    >
      <Icon name={icon} size={20} tone="door" />
      {words && <Text className="ml6 num">{words}</Text>}
    </Tap>
  );
}
