import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { BookingCard } from '@alley-chief/shared/contract';
import { api } from '../../../api';
import { Actions } from '../../../components/Actions';
import { BringList, QueueTicket } from '../../../components/BookingCard';
import { Button } from '../../../components/Button';
import { Icon } from '../../../components/Icon';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { cardAloud } from '../../../format';
import { canSpeak, go, pageParams, startAt } from '../../../platform';
import { useCardActions } from '../../../actions/useCardActions';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useNow } from '../../../shell/useNow';
import { pages, useElderMode, useFrames, useMe } from '../../../stores';
import { useSound } from '../../../thread/useSound';

const titles: Record<BookingCard['state'], string> = {
  booked: '约好了',
  near: '快到您了',
  called: '叫到您了',
  served: '办过了',
  missed: '过号了',
  cancelled: '号退了',
};

/** A booked slot: the ticket, what to bring, moving or giving it back. */
export default function Booking() {
  useMe();
  const elder = useElderMode();
  const now = useNow();
  const sound = useSound();
  const [id] = useState(() => pageParams()['id'] ?? '');
  const booking = useLoad(id && `booking:${id}`, () =>
    api('GET /bookings/:id', { params: { id } }),
  );
  const { data, put } = booking;
  const actions = useCardActions({
    onDone: ({ card }) => card.type === 'booking' && put(card),
  });
  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    for (const card of cards) {
      if (card.type === 'booking' && card.id === id && card.rev >= (data?.rev ?? 0)) put(card);
    }
  }, booking.reload);

  return (
    <Page
      elder={elder}
      nav={<Nav title={data ? titles[data.state] : '我的号'} onBack hair={false} />}
      banner={<NetBanner />}
      foot={
        data && (
          <FootBar>
            <Button block onTap={() => startAt(pages.chat)}>
              知道了
            </Button>
          </FootBar>
        )
      }
      overlay={actions.sheet}
      gutter
    >
      {booking.loading ? (
        <Skeleton kind="cards" count={2} />
      ) : !data ? (
        <Problem error={booking.error} onRetry={booking.reload} />
      ) : (
        <>
          <View className="mt16">
            <QueueTicket card={data} now={now} />
          </View>
          {data.bring.length > 0 && (
            <View className="card card-p mt12">
              <BringList items={data.bring} />
            </View>
          )}
          {data.state === 'booked' && (
            <View className="row mt16 sub c2">
              <Icon name="bell" size={20} tone="ink-3" />
              <Text className="ml8 f1">前一晚和快到您时，小同会喊您一声。</Text>
            </View>
          )}
          <View className="mt12">
            <Actions
              actions={data.actions}
              now={now}
              busy={actions.busyOf(data)}
              onAction={(action) => actions.run(data, action)}
              {...(canSpeak() && {
                onSpeak: () => sound.say('ticket', cardAloud(data, now)),
              })}
            />
          </View>
          <Button
            kind="text"
            block
            className="mt8"
            onTap={() => go(pages.service, { id: data.serviceId })}
          >
            看看要带什么
          </Button>
        </>
      )}
    </Page>
  );
}
