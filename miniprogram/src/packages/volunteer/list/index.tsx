import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { CardAction, HelpCard as Help } from '@alley-chief/shared/contract';
import { perform } from '../../../actions/perform';
import { EmptyState } from '../../../components/EmptyState';
import { HelpCard } from '../../../components/HelpCard';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { go, toast } from '../../../platform';
import { api, problemOf } from '../../../api';
import { pages, useFrames, useMe } from '../../../stores';
import { FilterChips } from '../../staff/FilterChips';
import { MoreRows } from '../../staff/MoreRows';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { Tabs } from '../../../shell/Tabs';
import { useActId } from '../../staff/useActId';
import { useLater } from '../../staff/useLater';
import { useNow } from '../../../shell/useNow';
import { usePages } from '../../staff/usePages';
import { choicesFor, chosen } from './filters';
import './index.scss';

/** 搭把手: what neighbours ask for, and what this volunteer has said yes to. */
export default function HelpList() {
  const me = useMe();
  const now = useNow(60_000);
  const [choice, setChoice] = useState<string>();
  const [busy, setBusy] = useState<string>();
  const actId = useActId();
  const read = (box: 'open' | 'mine') => (page: { cursor?: string; limit: number }) =>
    api('GET /help-requests', {
      query: { box, limit: page.limit, ...(page.cursor && { cursor: page.cursor }) },
    });
  const offered = usePages(me ? `help-open:${me.id}` : '', read('open'));
  const mine = usePages(me ? `help-mine:${me.id}` : '', read('mine'));
  const again = useLater(() => {
    void offered.refresh();
    void mine.refresh();
  }, 500);

  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    if (cards.some((card) => card.type === 'help')) again();
  }, again);

  const accept = async (card: Help) => {
    setBusy(card.id);
    try {
      await perform(card, 'accept', {}, actId(`accept:${card.id}`));
      again();
      go(pages.help, { id: card.id });
    } catch (error) {
      const { code, message } = problemOf(error);
      if (code === 'taken') {
        // Exactly one gets it. Being second is no mistake: say thanks and take it off the list.
        toast('慢了一步，已经有邻居去了。谢谢您');
        offered.patch((cards) => cards.filter((one) => one.id !== card.id));
        again();
      } else toast(message);
    } finally {
      setBusy(undefined);
    }
  };

  const onAction = (card: Help) => (action: CardAction) => {
    if (action.action === 'accept') void accept(card);
    else go(pages.help, { id: card.id });
  };
  const going = mine.items.filter((card) => card.state === 'accepted');
  const choices = choicesFor(offered.items);
  const on = choices.some((one) => one.key === choice) ? choice : undefined;
  const shown = chosen(offered.items, on);
  const hours = offered.head?.creditHours;
  const failed = offered.error && !offered.items.length && !going.length;

  return (
    <Page
      elder={me?.elderMode}
      nav={
        <Nav title="搭把手" sub={hours ? `攒了 ${hours} 小时` : undefined} hair={!choices.length} />
      }
      banner={
        <>
          {choices.length > 0 && (
            <FilterChips
              choices={choices}
              on={on}
              onPick={(key) => setChoice(key === on ? undefined : key)}
            />
          )}
          <NetBanner reading />
        </>
      }
      foot={<Tabs current="help" />}
      scrollProps={{ onScrollToLower: offered.loadMore }}
      gutter
    >
      {offered.loading || (mine.loading && !offered.items.length) ? (
        <Skeleton kind="cards" count={3} />
      ) : failed ? (
        <Problem error={offered.error} onRetry={again} />
      ) : (
        <>
          {going.length > 0 && (
            <View>
              <View className="help-head row">
                <Text className="sec">您答应了的</Text>
              </View>
              {going.map((card) => (
                <View key={card.id} className="help-row">
                  <HelpCard
                    // Its steps are on its own page; the list only leads there.
                    card={{ ...card, actions: [], volunteer: undefined }}
                    now={now}
                    onAction={onAction(card)}
                    onOpen={() => go(pages.help, { id: card.id })}
                  />
                </View>
              ))}
            </View>
          )}
          {going.length > 0 && shown.length > 0 && (
            <View className="help-head row">
              <Text className="sec">还在等人的</Text>
            </View>
          )}
          {shown.length > 0 && going.length === 0 && <View className="mt12" />}
          {shown.map((card) => (
            <View key={card.id} className="help-row">
              <HelpCard
                card={card}
                now={now}
                onAction={onAction(card)}
                onOpen={() => go(pages.help, { id: card.id })}
                busy={busy === card.id ? 'accept' : undefined}
              />
            </View>
          ))}
          {!offered.items.length && !going.length && (
            <EmptyState
              title="这会儿没人要帮忙"
              lines={['有人开口，这里马上看得到。', '您能搭把手，谢谢您。']}
            />
          )}
          <MoreRows list={offered} />
        </>
      )}
    </Page>
  );
}
