import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { CaseRow as Row, QueryIn } from '@alley-chief/shared/contract';
import { CaseRow } from '../../../components/CaseRow';
import { cx } from '../../../components/classes';
import { EmptyState } from '../../../components/EmptyState';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { go } from '../../../platform';
import { api } from '../../../api';
import { pages, useFrames, useMe } from '../../../stores';
import { FilterChips } from '../../staff/FilterChips';
import { MoreRows } from '../../staff/MoreRows';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { asides, bandsOf, foldCard } from '../../staff/queue';
import { Tabs } from '../../../shell/Tabs';
import { useLater } from '../../staff/useLater';
import { useNow } from '../../../shell/useNow';
import { usePages } from '../../staff/usePages';
import './index.scss';

type Query = QueryIn<'GET /cases'>;
type Choice = { key: string; label: string; query: Pick<Query, 'state' | 'filter'> };

/** What can be looked at; the number after a word comes from the server's counts. */
const views = [
  { key: 'open', label: '在办', query: { state: 'open' } },
  { key: 'overdue', label: '超时', query: { state: 'open', filter: 'overdue' } },
  { key: 'urgent', label: '急', query: { state: 'open', filter: 'urgent' } },
  { key: 'rating', label: '等打分', query: { state: 'rating' } },
  { key: 'closed', label: '办完', query: { state: 'closed' } },
] as const satisfies readonly Choice[];
type ViewKey = (typeof views)[number]['key'];

/** 待办: what lies in one's own hands, by the clock. For chiefs, grid workers, leaders and unit staff. */
export default function Queue() {
  const me = useMe();
  const now = useNow();
  const [view, setView] = useState<ViewKey>('open');
  const query = views.find((one) => one.key === view)?.query ?? views[0].query;
  const list = usePages(me ? `held:${me.id}:${view}` : '', ({ cursor, limit }) =>
    api('GET /cases', { query: { box: 'held', limit, ...query, ...(cursor && { cursor }) } }),
  );
  const again = useLater(() => void list.refresh(), 700);

  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    for (const card of cards) {
      if (card.type === 'case') list.patch((rows) => foldCard(rows, card));
    }
    if (cards.length) again();
  }, again);

  const counts = list.head?.counts;
  return (
    <Page
      elder={me?.elderMode}
      nav={<Nav title="待办" sub={me?.roles.map((role) => role.label)[0]} hair={false} />}
      banner={
        <>
          <FilterChips
            choices={views.map((one) => ({ ...one, count: counts?.[one.key] }))}
            on={view}
            onPick={setView}
          />
          <NetBanner reading />
        </>
      }
      foot={<Tabs current="queue" />}
      scrollProps={{ onScrollToLower: list.loadMore }}
      gutter
    >
      {list.loading ? (
        <Skeleton kind="cards" count={4} />
      ) : list.error && !list.items.length ? (
        <Problem error={list.error} onRetry={() => void list.refresh()} />
      ) : !list.items.length ? (
        <Nothing view={view} />
      ) : (
        <>
          <Bands rows={list.items} now={now} exact={!list.hasMore} overdue={counts?.overdue} />
          <MoreRows list={list} />
        </>
      )}
    </Page>
  );
}

function Nothing({ view }: { view: ViewKey }) {
  const words: Record<ViewKey, [string, string]> = {
    open: ['手里没有要办的事', '有事来了，这里马上看得到。'],
    overdue: ['没有超时的', '都在点上，稳稳当当。'],
    urgent: ['没有急事', '急的会排在最前面。'],
    rating: ['没有等打分的', '您办好的，住户都打过分了。'],
    closed: ['还没有办完的', '办完的事都收在这里。'],
  };
  const [title, line] = words[view];
  return <EmptyState title={title} lines={[line]} />;
}

function Bands({
  rows,
  now,
  exact,
  overdue,
}: {
  rows: readonly Row[];
  now: number;
  /** Everything is loaded, so a band's length is its number. */
  exact: boolean;
  overdue: number | undefined;
}) {
  return (
    <>
      {bandsOf(rows).map((band) => {
        const late = band.key === 'overdue';
        const count = exact ? band.rows.length : late ? overdue : undefined;
        return (
          <View key={band.key}>
            <View className="queue-band row">
              <Text className={cx('sec', late && 'cb')}>{band.label}</Text>
              {count !== undefined && <Text className="sub c3 num ml8">{count} 件</Text>}
            </View>
            {band.rows.map((row) => (
              <View key={row.card.id} className="queue-row">
                <CaseRow
                  // Everything here is in one's own hands: the place says more than the own name.
                  card={{ ...row.card, holder: undefined }}
                  now={now}
                  note={asides(row).join('，') || undefined}
                  onOpen={() => go(pages.case, { id: row.card.id })}
                />
              </View>
            ))}
          </View>
        );
      })}
    </>
  );
}
