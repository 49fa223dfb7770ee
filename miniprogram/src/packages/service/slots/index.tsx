import { useRef, useState } from 'react';
import { Text, View } from '@tarojs/components';
import { api, newClientId, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { DoorPlate } from '../../../components/DoorPlate';
import { EmptyState } from '../../../components/EmptyState';
import { Icon } from '../../../components/Icon';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { DayStrip, SlotGrid } from '../../../components/SlotGrid';
import { clockTime, spokenStamp, weekday } from '../../../format';
import { pageParams, swapTo, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { pages, tellFrame, useElderMode, useMe } from '../../../stores';

/** Chooses a time at the counter; with `booking` an existing one is moved. */
export default function Slots() {
  useMe();
  const elder = useElderMode();
  const [{ id = '', booking }] = useState(pageParams);
  const slots = useLoad(id && `slots:${id}`, () =>
    api('GET /services/:id/slots', { params: { id } }),
  );
  const [date, setDate] = useState<string>();
  const [slotId, setSlotId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = useRef(new Map<string, string>());

  const days = slots.data?.days ?? [];
  const free = days.find((day) => day.open && day.left > 0);
  const day = days.find((one) => one.date === date) ?? free;
  const slot = day?.slots.find((one) => one.id === slotId);

  const book = async () => {
    if (!slot || busy) return;
    setBusy(true);
    // One id for one choice: pressing again after a lost answer books nothing twice.
    const clientId = act.current.get(slot.id) ?? newClientId();
    act.current.set(slot.id, clientId);
    try {
      const card = booking
        ? await api('POST /bookings/:id/move', {
            params: { id: booking },
            body: { clientId, slotId: slot.id },
          })
        : await api('POST /bookings', { body: { clientId, serviceId: id, slotId: slot.id } });
      tellFrame({ t: 'card', card });
      swapTo(pages.booking, { id: card.id });
    } catch (error) {
      const problem = problemOf(error);
      toast(problem.message);
      if (!problem.retryable) {
        act.current.delete(slot.id);
        setSlotId(undefined);
        slots.reload();
      }
    } finally {
      setBusy(false);
    }
  };

  const label = slot
    ? elder
      ? `${booking ? '改到' : '约'}${spokenStamp(slot.startsAt, Date.now())}`
      : `${booking ? '改到' : '约'} ${Number(day?.date.slice(8))} 日${weekday(slot.startsAt)} ${clockTime(slot.startsAt)}`
    : '先选个时间';
  const capacity = day?.slots[0]?.capacity;

  return (
    <Page
      elder={elder}
      nav={<Nav title={booking ? '改个时间' : '选个时间'} onBack hair={false} />}
      banner={
        <>
          <NetBanner />
          {slots.data && (
            <View className="bg-paper px16 hair pb16">
              <View className="row mt6">
                <DoorPlate text={slots.data.counter} tone="solid" />
              </View>
            </View>
          )}
        </>
      }
      foot={
        free && (
          <FootBar>
            <Button
              block
              disabled={!slot}
              busy={busy}
              busyLabel="正在约…"
              onTap={() => void book()}
            >
              {label}
            </Button>
          </FootBar>
        )
      }
    >
      {slots.loading ? (
        <View className="px16">
          <Skeleton kind="cards" count={3} />
        </View>
      ) : !slots.data ? (
        <Problem error={slots.error} onRetry={slots.reload} />
      ) : !free ? (
        <EmptyState
          title="这几天都约满了"
          lines={['过一天再来看看，', '有人退号就能约上。']}
          action={{ label: '再看看', icon: 'refresh', onTap: slots.reload }}
        />
      ) : (
        <>
          <View className="sec mt16 px16">
            <Text>哪天去</Text>
          </View>
          <View className="mt8">
            <DayStrip
              days={days}
              chosen={day?.date}
              onChoose={(next) => {
                setDate(next);
                setSlotId(undefined);
              }}
            />
          </View>
          <View className="px16 mt20">
            <SlotGrid
              slots={day?.slots ?? []}
              chosen={slotId}
              onChoose={setSlotId}
              note={capacity ? `每个时段接 ${capacity} 户` : undefined}
            />
            {slots.data.note && (
              <View className="why mt8">
                <Icon name="walk" size={20} tone="door" />
                <Text className="f1 ml8 sub c2">{slots.data.note}</Text>
              </View>
            )}
          </View>
        </>
      )}
    </Page>
  );
}
