import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { InboxRow } from '@alley-chief/shared/contract';
import { EmptyState } from '../../../components/EmptyState';
import { HouseholdRow } from '../../../components/HouseholdRow';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { callNumber, go, toast } from '../../../platform';
import { api, newClientId, problemOf } from '../../../api';
import { pages, useFrames, useMe } from '../../../stores';
import { MoreRows } from '../../staff/MoreRows';
import { Problem } from '../../../shell/Problem';
import { NetBanner } from '../../../shell/NetBanner';
import { Tabs } from '../../../shell/Tabs';
import { useLater } from '../../staff/useLater';
import { useNow } from '../../../shell/useNow';
import { usePages } from '../../staff/usePages';
import { foldMessage, partsOf } from './rows';
import './index.scss';

/** 我马上到: said in the household's own thread, so that the family and 小同 know. */
const coming = '我马上到';

/** 胡同: the chief's households, urgent and longest waiting first, live. */
export default function Inbox() {
  const me = useMe();
  const now = useNow();
  const list = usePages(me ? `inbox:${me.id}` : '', ({ cursor, limit }) =>
    api('GET /inbox', { query: { limit, ...(cursor && { cursor }) } }),
  );
  const again = useLater(() => void list.refresh(), 700);
  const [going, setGoing] = useState<string>();

  useFrames((frame) => {
    if (frame.t === 'message') {
      list.patch((rows) => foldMessage(rows, frame.message, me?.id));
      again();
    } else if (frame.t === 'card' || frame.t === 'conversation') again();
    else if (frame.t === 'read' && frame.personId === me?.id) again();
  }, again);

  const sayComing = async (row: InboxRow) => {
    setGoing(row.householdId);
    try {
      await api('POST /conversations/:id/messages', {
        params: { id: row.conversationId },
        body: { kind: 'text', clientId: newClientId(), text: coming },
      });
      toast(`跟${row.name}说了`);
      again();
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setGoing(undefined);
    }
  };

  const { head, items } = list;
  const { waiting, answered, silent } = partsOf(items);
  const count = Math.max(waiting.length, head?.waiting ?? 0);
  const row = (one: InboxRow) => (
    <HouseholdRow
      key={one.householdId}
      row={one.lastText ? one : { ...one, lastText: '点开说句话' }}
      now={now}
      onOpen={() => go(pages.household, { id: one.householdId, conversation: one.conversationId })}
      onDial={callNumber}
      onComing={() => void sayComing(one)}
      onCall={callNumber}
      comingBusy={going === one.householdId}
    />
  );

  return (
    <Page
      elder={me?.elderMode}
      nav={
        <Nav
          title={head?.areaName ?? '胡同'}
          sub={head && `${head.households} 户 ${head.people} 口`}
        />
      }
      banner={<NetBanner reading />}
      foot={<Tabs current="inbox" />}
      scrollProps={{ onScrollToLower: list.loadMore }}
    >
      {list.loading ? (
        <View className="bg-paper">
          <Skeleton kind="list" count={7} />
        </View>
      ) : list.error && !items.length ? (
        <Problem error={list.error} onRetry={() => void list.refresh()} />
      ) : !items.length ? (
        <EmptyState
          title="胡同里还没有人家"
          lines={['等村里把住户名册录进来，', '这里就看得到了。']}
        />
      ) : (
        <View>
          <View className="inbox-head row px16">
            <Text className="sec f1">{count ? `${count} 户在等您` : '这会儿没人等您'}</Text>
            <Text className="cap c3">
              {count ? '急的、等得久的在前' : '有人说话，这里马上看得到'}
            </Text>
          </View>
          {waiting.length > 0 && <View>{waiting.map(row)}</View>}
          {answered.length > 0 && (
            <>
              <View className="inbox-head row px16">
                <Text className="sec f1">说完了的</Text>
              </View>
              <View>{answered.map(row)}</View>
            </>
          )}
          {silent.length > 0 && (
            <>
              {(waiting.length > 0 || answered.length > 0) && (
                <View className="inbox-head row px16">
                  <Text className="sec f1">还没说过话的</Text>
                </View>
              )}
              <View>{silent.map(row)}</View>
            </>
          )}
          <MoreRows list={list} />
        </View>
      )}
    </Page>
  );
}
