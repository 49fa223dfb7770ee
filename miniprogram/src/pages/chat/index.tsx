import { useEffect } from 'react';
import { Avatar } from '../../components/Avatar';
import { Nav } from '../../components/Nav';
import { Page } from '../../components/Page';
import type { ChipItem } from '../../components/QuestionChips';
import { Skeleton } from '../../components/Skeleton';
import { EmptyState } from '../../components/EmptyState';
import { api } from '../../api';
import { back, callNumber, canGoBack, pageParams, startAt, swapTo } from '../../platform';
import type { ThreadState } from '../../realtime/thread';
import { connectionOf, link } from '../../stores/network';
import { foldCards } from '../../stores/threads';
import { homeOf, pages, useMe, useStore } from '../../stores';
import { Conversation } from '../../thread/Conversation';

/** While nobody asked anything: the two other places a villager needs. */
const elsewhere: readonly ChipItem[] = [
  { label: '要办事', action: 'page:services', icon: 'list' },
  { label: '我的事', action: 'page:matters', icon: 'doc' },
];

/**
 * The conversation. Without a parameter the own household's, headed by its chief; with `conversation` another
 * one the person belongs to, headed by what it is about.
 */
export default function Chat() {
  const me = useMe();
  const asked = pageParams()['conversation'];
  const own = me?.household?.conversationId;
  const conversationId = asked ?? own;
  const isOwn = !!own && conversationId === own;

  useEffect(() => {
    if (!isOwn || !own) return;
    // Matters older than the newest page belong on the pinned strip too.
    api('GET /cases', { query: { box: 'mine', state: 'open', limit: 20 } })
      .then(({ items }) =>
        foldCards(
          own,
          items.map((row) => row.card),
        ),
      )
      .catch(() => undefined);
  }, [isOwn, own]);

  if (!me) {
    return (
      <Page scroll={false}>
        <Skeleton kind="thread" count={5} />
      </Page>
    );
  }
  if (!conversationId) {
    return (
      <Page nav={<Nav title="胡同" onBack />} elder={me.elderMode}>
        <EmptyState
          title="您还没有落户到哪条胡同"
          lines={['等村里把您家录进来，', '这里就能说话了。']}
          action={{ label: '回去', onTap: () => startAt(homeOf(me)) }}
        />
      </Page>
    );
  }
  return (
    <Conversation
      key={conversationId}
      me={me}
      conversationId={conversationId}
      nav={(state) => <Head state={state} isOwn={isOwn} />}
      chips={isOwn && !me.elderMode ? elsewhere : undefined}
      welcome={{
        title: isOwn ? '有事您说一声' : '还没人说话',
        lines: isOwn
          ? me.elderMode
            ? ['灯不亮、要办医保，', '说一句就有人管。']
            : ['路灯不亮、要办医保、老人要帮手，', '说一句或者拍一张，就有人管。']
          : ['说一句，大家都看得到。'],
      }}
    />
  );
}

/** Whom one talks to. */
function Head({ state, isOwn }: { state: ThreadState | undefined; isOwn: boolean }) {
  const me = useMe();
  const connected = connectionOf(useStore(link)) === 'ok';
  const goBack = () => (canGoBack() ? back() : swapTo(pages.matters));
  const chief = me?.chief;
  if (isOwn && chief && me) {
    const online = state?.presence[chief.id] ?? chief.online;
    return (
      <Nav
        title={me.elderMode ? chief.callName : chief.name}
        sub="胡同长"
        tile={<Avatar person={{ surname: chief.surname, tone: 'chief' }} />}
        line={connected ? `${online ? '在线' : '不在线'} · ${chief.areaName}` : '没连上'}
        presence={connected && online ? 'online' : 'off'}
        onBack={goBack}
        onCall={() => callNumber(chief.phone)}
      />
    );
  }
  return (
    <Nav
      title={state?.head?.title ?? '说话'}
      line={connected ? state?.head?.subtitle : '没连上'}
      onBack={goBack}
    />
  );
}
