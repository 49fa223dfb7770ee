import { useEffect, useState } from 'react';
import { View } from '@tarojs/components';
import type { ServiceRow } from '@alley-chief/shared/contract';
import { api } from '../../api';
import { BundleCard } from '../../components/BundleCard';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Field, FieldButton, ListRow, Section } from '../../components/Form';
import { Nav } from '../../components/Nav';
import { Page } from '../../components/Page';
import { QuestionChips } from '../../components/QuestionChips';
import { Skeleton } from '../../components/Skeleton';
import { useCardActions } from '../../actions/useCardActions';
import { go, swapTo } from '../../platform';
import { NetBanner } from '../../shell/NetBanner';
import { Problem } from '../../shell/Problem';
import { Tabs } from '../../shell/Tabs';
import { useLoad } from '../../shell/useLoad';
import { useNow } from '../../shell/useNow';
import { currentMe, pages, say, useElderMode, useMe } from '../../stores';
import './index.scss';

/** Rest after the last letter before the server is asked, ms. */
const rest = 300;
const pageSize = 30;

/** 办事: services found by the words people use. */
export default function Services() {
  const me = useMe();
  const elder = useElderMode();
  const [text, setText] = useState('');
  const q = useRested(text.trim());
  const found = useServices(me ? `${me.id}:${q}` : '', q);

  return (
    <Page
      elder={elder}
      nav={<Nav title="办事" hair={false} />}
      banner={
        <>
          <View className="bg-paper px16 services-search">
            <Field
              icon="search"
              label="说说要办啥"
              placeholder="说说要办啥，比如：生了娃"
              value={text}
              onChange={setText}
              right={
                text ? <FieldButton icon="x" label="清空" onTap={() => setText('')} /> : undefined
              }
            />
          </View>
          <NetBanner />
        </>
      }
      foot={<Tabs current="services" />}
      scrollProps={{ onScrollToLower: found.more }}
      gutter
    >
      {found.loading ? (
        <Skeleton kind="cards" count={3} />
      ) : found.error && !found.rows.length ? (
        <Problem error={found.error} onRetry={found.reload} />
      ) : !found.rows.length ? (
        <NotFound q={q} />
      ) : q ? (
        <Answers rows={found.rows} />
      ) : (
        <All rows={found.rows} />
      )}
      {!found.loading && found.often.length > 0 && (
        <Section title="邻居们常这么问">
          <View className="services-often">
            <QuestionChips
              chips={found.often.map((label) => ({ label }))}
              onPick={(chip) => setText(chip.label)}
            />
          </View>
        </Section>
      )}
      {found.hasMore && (
        <Button kind="text" block onTap={found.more}>
          再看一些
        </Button>
      )}
    </Page>
  );
}

const open = (row: ServiceRow) => go(pages.service, { id: row.id });

/** What was asked for: the best answer opened up, the others as lines. */
function Answers({ rows }: { rows: readonly ServiceRow[] }) {
  const [best, ...others] = rows;
  return (
    <>
      {best && (
        <Section title="您说的应该是这件">
          <Best row={best} />
        </Section>
      )}
      {others.length > 0 && (
        <Section title="也可能是这些">
          <View className="card">
            {others.map((row) => (
              <ListRow key={row.id} title={row.name} note={row.lead} onTap={() => open(row)} />
            ))}
          </View>
        </Section>
      )}
    </>
  );
}

function Best({ row }: { row: ServiceRow }) {
  const now = useNow();
  const actions = useCardActions();
  const { data } = useLoad(`best:${row.id}`, () =>
    api('GET /services/:id', { params: { id: row.id } }),
  );
  if (!data) {
    return (
      <View className="card">
        <ListRow title={row.name} note={row.lead} onTap={() => open(row)} />
      </View>
    );
  }
  const look = data.actions.find((action) => action.action === 'open:service');
  return (
    <BundleCard
      card={{ ...data, actions: look ? [{ ...look, style: 'filled' }] : data.actions }}
      now={now}
      onAction={(action) => actions.run(data, action)}
    />
  );
}

function All({ rows }: { rows: readonly ServiceRow[] }) {
  const groups = [
    { title: '家里的事', rows: rows.filter((row) => row.audience === 'person') },
    { title: '铺子、企业的事', rows: rows.filter((row) => row.audience === 'enterprise') },
  ].filter((group) => group.rows.length > 0);
  return (
    <>
      {groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <View className="card">
            {group.rows.map((row) => (
              <ListRow key={row.id} title={row.name} note={row.lead} onTap={() => open(row)} />
            ))}
          </View>
        </Section>
      ))}
    </>
  );
}

/** Not in the list: the chief is asked in the household's own thread. */
function NotFound({ q }: { q: string }) {
  const chief = currentMe()?.chief;
  const conversation = currentMe()?.household?.conversationId;
  return (
    <EmptyState
      title="没找到这件事"
      lines={['换个说法试试，', chief ? `或者直接问${chief.callName}。` : '比如：上户口、交医保。']}
      {...(conversation &&
        q && {
          action: {
            label: chief ? `问问${chief.callName}` : '问一句',
            onTap: () => {
              say(conversation, { kind: 'text', text: `我想办：${q}` });
              swapTo(pages.chat);
            },
          },
        })}
    />
  );
}

function useServices(key: string, q: string) {
  const [more, setMore] = useState<{
    key: string;
    rows: ServiceRow[];
    cursor?: string | undefined;
  }>({
    key,
    rows: [],
  });
  const read = (cursor?: string) =>
    api('GET /services', {
      query: { limit: pageSize, ...(q && { q }), ...(cursor && { cursor }) },
    });
  const first = useLoad(key, () => read());
  const extra = more.key === key ? more : { key, rows: [], cursor: first.data?.nextCursor };
  const cursor = extra.rows.length ? extra.cursor : first.data?.nextCursor;
  const [busy, setBusy] = useState(false);
  return {
    ...first,
    rows: [...(first.data?.items ?? []), ...extra.rows],
    often: first.data?.often ?? [],
    hasMore: !!cursor,
    more: () => {
      if (!cursor || busy) return;
      setBusy(true);
      read(cursor)
        .then((page) =>
          setMore({ key, rows: [...extra.rows, ...page.items], cursor: page.nextCursor }),
        )
        .catch(() => undefined)
        .finally(() => setBusy(false));
    },
  };
}

/** A value that follows once it has rested. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
