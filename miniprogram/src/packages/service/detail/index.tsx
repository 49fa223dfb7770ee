import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { BundleCard, ChecklistRow } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { BundleFacts, BundleProgress, Checklist } from '../../../components/BundleCard';
import { Button } from '../../../components/Button';
import { Section } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { pageParams, startAt, toast } from '../../../platform';
import { useCardActions } from '../../../actions/useCardActions';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { currentMe, pages, say, tellFrame, useElderMode, useMe } from '../../../stores';
import './index.scss';

/** One bundle: what to bring, what is ready, and on to a time at the counter. */
export default function ServiceDetail() {
  useMe();
  const elder = useElderMode();
  const [id] = useState(() => pageParams()['id'] ?? '');
  const service = useLoad(id && `service:${id}`, () =>
    api('GET /services/:id', { params: { id } }),
  );
  const { data, error } = service;
  const tick = useTick(data, service.put);
  return (
    <Page
      elder={elder}
      nav={<Nav title={data?.title ?? '办事'} onBack hair={false} />}
      banner={
        <>
          <NetBanner />
          {data && <Head card={data} />}
        </>
      }
      foot={data && <Foot card={data} />}
      gutter
    >
      {service.loading ? (
        <Skeleton kind="cards" count={3} />
      ) : !data ? (
        <Problem error={error} onRetry={service.reload} />
      ) : (
        <>
          {data.rows.length > 0 && (
            <View className="card mt12">
              <Checklist rows={data.rows} onRow={tick} />
            </View>
          )}
          {data.sample && (
            <View className="cap c3 mt8">
              <Text>这份清单是样例，以窗口说的为准。</Text>
            </View>
          )}
          <Linked card={data} />
        </>
      )}
    </Page>
  );
}

function Head({ card }: { card: BundleCard }) {
  return (
    <View className="bg-paper px16 hair pb16">
      <View className="sub c2">
        <Text>{card.summary}</Text>
      </View>
      {card.total > 0 ? <BundleProgress card={card} /> : <BundleFacts card={card} />}
    </View>
  );
}

/** The matters done in one go. */
function Linked({ card }: { card: BundleCard }) {
  if (!card.linkedMatters.length) return null;
  return (
    <Section title={`这 ${card.linkedMatters.length} 件一起办`}>
      <View className="card card-p">
        {card.linkedMatters.map((one) => (
          <View key={one.name} className="row linked">
            <Text className="f1">{one.name}</Text>
            {one.unit && <Text className="cap c3 ml8">{one.unit}</Text>}
          </View>
        ))}
      </View>
    </Section>
  );
}

function Foot({ card }: { card: BundleCard }) {
  const actions = useCardActions();
  const me = currentMe();
  const main = card.actions.find((action) => action.style === 'filled');
  const conversation = me?.household?.conversationId;
  const askChief = () => {
    if (!conversation) return;
    say(conversation, { kind: 'text', text: `我想办${card.title}，请您帮我备材料` });
    startAt(pages.chat);
  };
  if (!main && !conversation) return null;
  return (
    <FootBar>
      <View className="acts">
        {me?.chief && conversation && (
          <Button kind="outline" onTap={askChief}>
            请{me.chief.callName}帮备
          </Button>
        )}
        {main && (
          <Button grow onTap={() => actions.run(card, main)}>
            {main.label}
          </Button>
        )}
      </View>
    </FootBar>
  );
}

/** Ticks at once and takes it back when the server does not agree. */
function useTick(card: BundleCard | undefined, put: (card: BundleCard) => void) {
  return (row: ChecklistRow) => {
    if (!card) return;
    const done = !row.done;
    const counts = row.need === 'required' ? (done ? 1 : -1) : 0;
    put({
      ...card,
      ready: card.ready + counts,
      rows: card.rows.map((one) => (one.key === row.key ? { ...one, done } : one)),
    });
    api('PUT /services/:id/checklist/:material', {
      params: { id: card.serviceId, material: row.key },
      body: { done },
    }).then(
      (saved) => {
        put(saved);
        tellFrame({ t: 'card', card: saved });
      },
      (error: unknown) => {
        put(card);
        toast(problemOf(error).message);
      },
    );
  };
}
