import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { CaseDetail } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { ListRow, Section } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { cardAloud } from '../../../format';
import { useCardActions } from '../../../actions/useCardActions';
import { canSpeak, go, pageParams, startAt, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useNow } from '../../../shell/useNow';
import { currentMe, pages, useElderMode, useFrames, useMe } from '../../../stores';
import { CardView } from '../../../thread/CardView';
import { EventBlock } from '../../staff/EventBlock';
import { useSound } from '../../../thread/useSound';
import { Reasons } from './Reasons';
import { Timeline } from './Timeline';
import './index.scss';

/** One matter, for whoever may see it: the card with its buttons, why it is where it is, and what happened. */
export default function CaseDetailPage() {
  useMe();
  const elder = useElderMode();
  const now = useNow();
  const sound = useSound();
  const [id] = useState(() => pageParams()['id'] ?? '');
  const matter = useLoad(id && `case:${id}`, () => api('GET /cases/:id', { params: { id } }));
  const { data, put, reload } = matter;
  const actions = useCardActions({
    // A step of a neighbour's case changes this one too: read it again.
    onDone: ({ detail }) => (detail?.card.id === id ? put(detail) : reload()),
  });
  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    // The timeline grows with every revision: read again rather than guess.
    if (cards.some((c) => c.type === 'case' && c.id === id && c.rev > (data?.card.rev ?? 0)))
      reload();
  }, reload);

  return (
    <Page
      elder={elder}
      nav={<Nav title={data?.card.title ?? '这件事'} onBack hair />}
      banner={<NetBanner />}
      overlay={actions.sheet}
      gutter
    >
      {matter.loading ? (
        <Skeleton kind="cards" count={3} />
      ) : !data ? (
        <Problem error={matter.error} onRetry={reload} />
      ) : (
        <>
          <View className="mt12">
            <CardView
              card={data.card}
              now={now}
              busy={actions.busyOf(data.card)}
              onAction={actions.run}
              {...(canSpeak() && { onSpeak: () => sound.say(id, cardAloud(data.card, now)) })}
            />
          </View>
          <Said detail={data} />
          <EventBlock
            detail={data}
            now={now}
            staff={isStaff(data)}
            run={actions.run}
            busyOf={actions.busyOf}
          />
          <Reasons reasons={data.reasons} staff={isStaff(data)} />
          <Threads detail={data} />
          <Timeline entries={data.timeline} now={now} />
          <View className="case-number cap c3 num tc">
            <Text userSelect>单号 {data.card.number}</Text>
          </View>
        </>
      )}
    </Page>
  );
}

const isStaff = ({ card }: CaseDetail): boolean =>
  card.viewer !== 'reporter' && card.viewer !== 'household';

/** The words it began with. */
function Said({ detail }: { detail: CaseDetail }) {
  const { card, text } = detail;
  const who = card.reporterName;
  return (
    <Section title={who ? `${who}说的` : '当时说的'}>
      <View className="card card-p">
        <Text userSelect>{text}</Text>
      </View>
    </Section>
  );
}

/** Where it is talked about. */
function Threads({ detail }: { detail: CaseDetail }) {
  const [busy, setBusy] = useState(false);
  const { householdConversationId, caseConversationId, card } = detail;
  const own = currentMe()?.household?.conversationId === householdConversationId;
  const open = (conversation: string) => go(pages.chat, { conversation });
  const staffThread = async () => {
    setBusy(true);
    try {
      open((await api('POST /cases/:id/thread', { params: { id: card.id } })).id);
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  if (!householdConversationId && !caseConversationId) return null;
  return (
    <View className="card mt20">
      {householdConversationId && (
        <ListRow
          icon="home"
          title={own ? '回去接着说' : '跟住户说话'}
          onTap={() => (own ? startAt(pages.chat) : open(householdConversationId))}
        />
      )}
      {caseConversationId && (
        <ListRow
          icon="users"
          title={busy ? '正在打开…' : '办事的人一起商量'}
          note="住户看不见"
          onTap={() => void (busy || staffThread())}
        />
      )}
    </View>
  );
}
