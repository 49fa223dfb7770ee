import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { BookingCard, CaseCard, Reply } from '@alley-chief/shared/contract';
import { Button } from '../../components/Button';
import { CaseRow } from '../../components/CaseRow';
import { EmptyState } from '../../components/EmptyState';
import { Tabs as TopTabs } from '../../components/Form';
import { Nav } from '../../components/Nav';
import { Page } from '../../components/Page';
import { Skeleton } from '../../components/Skeleton';
import { Tag } from '../../components/Tag';
import { Tap } from '../../components/Tap';
import { epoch, spokenStamp, stamp } from '../../format';
import { useCardActions } from '../../actions/useCardActions';
import { go, swapTo } from '../../platform';
import { NetBanner } from '../../shell/NetBanner';
import { Problem } from '../../shell/Problem';
import { Tabs } from '../../shell/Tabs';
import { useNow } from '../../shell/useNow';
import { pages, useElderMode, useMe } from '../../stores';
import { useMatters } from './useMatters';
import type { MattersTab } from './useMatters';
import './index.scss';

type Counts = Reply<'GET /cases'>['counts'];

/** 我的事: everything the household has going, waiting for stars, or done. */
export default function Matters() {
  const me = useMe();
  const elder = useElderMode();
  const now = useNow();
  const [tab, setTab] = useState<MattersTab>('open');
  const matters = useMatters(me?.id, tab);
  const actions = useCardActions();
  const { counts, cases, bookings } = matters;
  const live = bookings.filter((one) => isLive(one));
  const shownBookings =
    tab === 'open' ? live : tab === 'closed' ? bookings.filter((b) => !isLive(b)) : [];
  const empty = !cases.length && !shownBookings.length;

  return (
    <Page
      elder={elder}
      nav={<Nav title="我的事" hair={false} />}
      banner={
        <>
          <TopTabs
            items={tabItems(counts, live.length)}
            current={tab}
            onChange={(key) => setTab(key as MattersTab)}
          />
          <NetBanner />
        </>
      }
      foot={<Tabs current="matters" counts={{ matters: counts?.rating }} />}
      overlay={actions.sheet}
      scrollProps={{ onScrollToLower: matters.more }}
      gutter
    >
      {matters.loading ? (
        <Skeleton kind="cards" count={3} />
      ) : matters.error && empty ? (
        <Problem error={matters.error} onRetry={matters.reload} />
      ) : empty ? (
        <Nothing tab={tab} />
      ) : (
        <>
          {cases.map(({ card, sub }) => (
            <View key={card.id} className="mt12">
              <CaseRow
                card={card}
                now={now}
                note={sub || undefined}
                onOpen={() => go(pages.case, { id: card.id })}
                action={rowAction(card, now, (action) => actions.run(card, action))}
              />
            </View>
          ))}
          {shownBookings.map((booking) => (
            <View key={booking.id} className="mt12">
              <BookingRow booking={booking} now={now} elder={elder} />
            </View>
          ))}
          {matters.hasMore && (
            <Button kind="text" block className="mt8" onTap={matters.more}>
              再看一些
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

const isLive = ({ state }: BookingCard): boolean =>
  state === 'booked' || state === 'near' || state === 'called';

const tabItems = (counts: Counts | undefined, bookings: number) => [
  { key: 'open', label: '在办', number: counts && counts.open + bookings },
  { key: 'rating', label: '等您打分', badge: counts?.rating },
  { key: 'closed', label: '办完', number: counts?.closed },
];

/** The one button of a row: rating when it is due, answering when asked, urging what is late. */
function rowAction(
  card: CaseCard,
  now: number,
  run: (action: CaseCard['actions'][number]) => void,
) {
  const wanted = card.overdue ? ['rate', 'answerBack', 'nudge'] : ['rate', 'answerBack'];
  const found = wanted
    .map((name) => card.actions.find((action) => action.action === name))
    .find((action) => action && !(action.disabledUntil && epoch(action.disabledUntil) > now));
  return found && { label: found.label, filled: found.style === 'filled', onTap: () => run(found) };
}

function BookingRow({
  booking,
  now,
  elder,
}: {
  booking: BookingCard;
  now: number;
  elder: boolean;
}) {
  const when = elder ? spokenStamp(booking.startsAt, now) : stamp(booking.startsAt, now);
  const open = () => go(pages.booking, { id: booking.id });
  return (
    <View className="card matter-booking">
      <Tap onTap={open} label={`${booking.serviceName}，${when}`}>
        <View className="row">
          <Text className="ttl f1 ell">{booking.serviceName}</Text>
          <Tag {...booking.status} className="ml8" />
        </View>
        <View className="row wrap sub c2 mt4">
          <Text className="nw num">{when}</Text>
          <View className="sep" />
          <Text className="nw">{booking.plate.text}</Text>
          <View className="sep" />
          <Text className="nw num">{booking.ticket}</Text>
        </View>
      </Tap>
      {isLive(booking) && booking.bring.length > 0 && (
        <View className="row wrap mt12">
          <Text className="sub cw f1 num">还差 {booking.bring.length} 样材料</Text>
          <Button
            kind="outline"
            small
            block={elder}
            onTap={() => go(pages.service, { id: booking.serviceId })}
          >
            去备材料
          </Button>
        </View>
      )}
    </View>
  );
}

function Nothing({ tab }: { tab: MattersTab }) {
  const words: Record<MattersTab, [string, readonly string[]]> = {
    open: ['手头没有在办的事', ['有事您说一声，', '说完就有人管。']],
    rating: ['没有等您打分的', ['修好办好了，', '小同会请您看看行不行。']],
    closed: ['还没有办完的事', ['办完的事都收在这里。']],
  };
  const [title, lines] = words[tab];
  return (
    <EmptyState
      title={title}
      lines={lines}
      {...(tab === 'open' && {
        action: { label: '去说一声', icon: 'mic', onTap: () => swapTo(pages.chat) },
      })}
    />
  );
}
