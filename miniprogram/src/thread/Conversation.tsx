import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { View } from '@tarojs/components';
import type { Card, CardAction, CaseCard, Me } from '@alley-chief/shared/contract';
import { EmptyState } from '../components/EmptyState';
import { Page } from '../components/Page';
import { PinnedStrip, pinnedOrder } from '../components/PinnedStrip';
import { QuestionChips } from '../components/QuestionChips';
import type { ChipItem } from '../components/QuestionChips';
import { Skeleton } from '../components/Skeleton';
import { cardAloud } from '../format';
import type { Given } from '../actions/target';
import { useCardActions } from '../actions/useCardActions';
import { go } from '../platform';
import type { Clip } from '../platform';
import type { ThreadState } from '../realtime/thread';
import { NetBanner } from '../shell/NetBanner';
import { Problem } from '../shell/Problem';
import { useNow } from '../shell/useNow';
import { pages } from '../stores/pages';
import { resend, useUnsent } from '../stores/runtime';
import { useThread } from '../stores/threads';
import { chipsOf, ratingChips } from './chips';
import { Composer, sendClip, sendPictures } from './Composer';
import { rowsOf } from './rows';
import type { RowHandlers } from './ThreadRow';
import { ThreadView } from './ThreadView';
import { Tail } from './Tail';
import { useChips } from './useChips';
import { useReading } from './useReading';
import { useSound } from './useSound';
import { useTalk } from './useTalk';
import { VoiceCheck } from './VoiceCheck';

export interface ConversationProps {
  me: Me;
  conversationId: string;
  nav: (state: ThreadState | undefined) => ReactNode;
  /** Offered while 小同 suggests nothing. */
  chips?: readonly ChipItem[] | undefined;
  /** False: 小同's suggestions are meant for somebody else here (the family, while their chief looks on). */
  suggested?: boolean | undefined;
  /** Carries out a card's button in the page's own way; true when it did. */
  intercept?: ((card: Card, action: CardAction, given?: Given) => boolean) | undefined;
  /** More below the navigation bar. */
  banner?: ReactNode;
  /** Sheets of the page itself. */
  overlay?: ReactNode;
  /** What stands in a thread without a word. */
  welcome?: { title: string; lines: readonly string[] } | undefined;
}

/** A whole conversation as a page: villagers' own, a household seen by its chief, the staff thread of a case. */
export function Conversation(props: ConversationProps) {
  const { me, conversationId, nav, banner, overlay, welcome, intercept, suggested = true } = props;
  const elder = me.elderMode;
  const thread = useThread(conversationId);
  const { state } = thread;
  const unsent = useUnsent();
  const now = useNow();
  const sound = useSound();
  const [atEnd, setAtEnd] = useState(true);
  const [check, setCheck] = useState<Clip>();
  const actions = useCardActions({ onPhoto: () => void sendPictures(conversationId) });
  const pickChip = useChips(conversationId);
  const talk = useTalk((clip) => {
    if (elder) setCheck(clip);
    else void sendClip(conversationId, clip);
  });

  const rows = useMemo(() => {
    const names = me.chief ? { [me.chief.id]: me.chief.callName } : {};
    return state ? rowsOf(state, unsent, me.id, names) : [];
  }, [state, unsent, me]);
  const unread = useUnreadAtOpening(state, me.id);
  const newest = state?.messages.at(-1);
  useReading(conversationId, newest?.seq ?? 0, state?.reads[me.id]?.seq ?? 0, atEnd);

  // Rows rest while these stay the same object; what they call is always the newest.
  const latest = useRef({ actions, sound, now, intercept });
  latest.current = { actions, sound, now, intercept };
  const handlers = useMemo<RowHandlers>(
    () => ({
      onAction: (card, action, given) => {
        if (latest.current.intercept?.(card, action, given)) return;
        latest.current.actions.run(card, action, given);
      },
      onPlay: (key, url) => latest.current.sound.play(key, url),
      onSpeak: (key, of) =>
        latest.current.sound.say(
          key,
          'type' in of ? cardAloud(of, latest.current.now) : (of.text ?? ''),
        ),
      onResend: resend,
    }),
    [],
  );

  const chips = state?.loaded && suggested ? chipsOf(state) : [];
  const offered = chips.length || !state ? chips : [...ratingChips(state), ...(props.chips ?? [])];

  const body =
    thread.error && !state?.loaded ? (
      <Problem error={thread.error} onRetry={thread.retry} />
    ) : !state?.loaded ? (
      <View className="px16">
        <Skeleton kind="thread" count={5} />
      </View>
    ) : !rows.length && welcome ? (
      <View className="f1">
        <EmptyState title={welcome.title} lines={welcome.lines} />
      </View>
    ) : (
      <ThreadView
        conversationId={conversationId}
        rows={rows}
        hasOlder={state.hasOlder}
        onOlder={thread.older}
        now={now}
        handlers={handlers}
        sounding={sound.sounding}
        busyOf={actions.busyOf}
        unread={unread}
        onAtEnd={setAtEnd}
        tail={<Tail state={state} me={me} />}
      />
    );

  return (
    <Page
      elder={elder}
      scroll={false}
      nav={nav(state)}
      banner={
        <>
          <NetBanner />
          {banner}
          <Pinned state={state} now={now} />
        </>
      }
      foot={<Composer conversationId={conversationId} talk={talk} />}
      overlay={
        <>
          {overlay}
          {actions.sheet}
          {check && (
            <VoiceCheck
              clip={check}
              playing={sound.sounding === 'check'}
              onPlay={() => sound.play('check', check.path)}
              onSend={() => {
                sound.stop();
                void sendClip(conversationId, check);
                setCheck(undefined);
              }}
              onAgain={() => {
                sound.stop();
                setCheck(undefined);
                talk.start();
              }}
              onDrop={() => {
                sound.stop();
                setCheck(undefined);
              }}
            />
          )}
        </>
      }
    >
      {body}
      {state?.loaded && offered.length > 0 && <QuestionChips chips={offered} onPick={pickChip} />}
    </Page>
  );
}

const inHand = new Set(['assigned', 'handling', 'waitingReporter', 'joined', 'resolved']);

/** Matters in hand, from routing until rated. */
function Pinned({ state, now }: { state: ThreadState | undefined; now: number }) {
  const [expanded, setExpanded] = useState(false);
  const cards = state?.cards;
  const matters = useMemo(
    () =>
      pinnedOrder(
        Object.values(cards ?? {}).filter(
          (card): card is CaseCard => card.type === 'case' && inHand.has(card.state),
        ),
      ),
    [cards],
  );
  return (
    <PinnedStrip
      matters={matters}
      now={now}
      expanded={expanded}
      onToggle={() => setExpanded(!expanded)}
      onOpen={(card) => go(pages.case, { id: card.id })}
    />
  );
}

/** From so many unread messages on, a jump to the first of them is offered. */
const manyUnread = 8;

/** Where one had stopped reading when the thread was opened; found once. */
function useUnreadAtOpening(state: ThreadState | undefined, meId: string) {
  const found = useRef<{ key: string; count: number } | null>();
  const look = useCallback(() => {
    if (found.current !== undefined || !state?.loaded || !state.head) return;
    const read = state.reads[meId]?.seq ?? 0;
    const missed = state.messages.filter((m) => m.seq > read);
    const first = missed[0];
    const count = state.head.unread;
    found.current = first && count >= manyUnread ? { key: first.id, count } : null;
  }, [state, meId]);
  useEffect(look, [look]);
  look();
  return found.current ?? undefined;
}
