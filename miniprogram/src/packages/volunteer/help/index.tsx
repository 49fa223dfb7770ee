import { useCallback, useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { BodyIn, CardAction, HelpCard } from '@alley-chief/shared/contract';
import { perform } from '../../../actions/perform';
import { Button, kindOfAction } from '../../../components/Button';
import { ConsentBanner } from '../../../components/ConsentBanner';
import { HelpPerson, HelpSteps } from '../../../components/HelpCard';
import { Icon } from '../../../components/Icon';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { Stars } from '../../../components/Stars';
import { Tag } from '../../../components/Tag';
import { back, callNumber, confirm, pageParams, toast } from '../../../platform';
import { api, problemOf } from '../../../api';
import { useFrames, useMe } from '../../../stores';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useActId } from '../../staff/useActId';
import { useNow } from '../../../shell/useNow';
import './index.scss';

type HelpAction = BodyIn<'POST /help-requests/:id/actions'>['action'];

/** One request from the volunteer's side: whom, where, step by step, and done. */
export default function HelpPage() {
  const me = useMe();
  const now = useNow(30_000);
  const [id] = useState(() => pageParams().id ?? '');
  const [card, setCard] = useState<HelpCard>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState<string>();
  const actId = useActId();

  const load = useCallback(async () => {
    try {
      const found = await api('GET /help-requests/:id', { params: { id } });
      setError(undefined);
      setCard((old) => (old && old.rev > found.rev ? old : found));
    } catch (problem) {
      setError(problem);
    }
  }, [id]);
  useEffect(() => void (me && load()), [me?.id, load]);
  useFrames((frame) => {
    const cards = frame.t === 'card' ? [frame.card] : frame.t === 'message' ? frame.cards : [];
    if (cards.some((one) => one.type === 'help' && one.id === id)) void load();
  }, load);

  const act = async (action: HelpAction, more: { step?: number } = {}) => {
    const name = `${action}:${more.step ?? ''}`;
    setBusy(action);
    try {
      const { card: next } = await perform({ type: 'help', id }, action, more, actId(name));
      actId.forget(name);
      if (next.type === 'help') setCard(next);
      if (action === 'done') toast('辛苦了，等老人点个头');
      if (action === 'release') {
        toast('知道了，再找别人');
        back();
      }
    } catch (problem) {
      const { code, message } = problemOf(problem);
      toast(code === 'taken' ? '慢了一步，已经有邻居去了。谢谢您' : message);
      if (code !== 'offline') {
        actId.forget(name);
        void load();
      }
    } finally {
      setBusy(undefined);
    }
  };

  const onAction = async (action: CardAction) => {
    if (action.action === 'call' && action.phone) return callNumber(action.phone);
    if (action.action === 'release') {
      const sure = await confirm({
        title: '去不了了？',
        text: '说一声就行，小同马上另找人。',
        yes: '去不了',
        no: '我还去',
      });
      if (!sure) return;
    }
    await act(action.action as HelpAction);
  };

  if (!card) {
    return (
      <Page
        elder={me?.elderMode}
        nav={<Nav title="搭把手" onBack />}
        banner={<NetBanner reading />}
        gutter
      >
        {error ? <Problem error={error} onRetry={() => void load()} /> : <Skeleton count={3} />}
      </Page>
    );
  }
  const going = card.state === 'accepted' && card.viewer === 'volunteer';
  // The elder has a call button of its own above; steps are ticked in the list.
  const buttons = card.actions.filter((a) => a.action !== 'call' && a.action !== 'step');
  const leftFirst = [...buttons].sort((a, b) => rank(a) - rank(b));
  return (
    <Page
      elder={me?.elderMode}
      nav={<Nav title={card.title} onBack hair={!card.consent} />}
      banner={
        <>
          {card.consent && (
            <ConsentBanner {...card.consent} scope={bare(card.consent.scope)} now={now} />
          )}
          <NetBanner reading />
        </>
      }
      foot={
        leftFirst.length > 0 && (
          <FootBar>
            <View className="acts">
              {leftFirst.map((action) => (
                <Button
                  key={action.action}
                  kind={action.style === 'text' ? 'outline' : kindOfAction[action.style]}
                  grow={action.style === 'filled' || leftFirst.length === 1}
                  icon={action.needs.includes('photo') ? 'cam' : undefined}
                  busy={busy === action.action}
                  disabled={!!busy && busy !== action.action}
                  onTap={() => void onAction(action)}
                >
                  {action.label}
                </Button>
              ))}
            </View>
          </FootBar>
        )
      }
      gutter
    >
      <View className="mt12">
        <HelpPerson
          card={card}
          line={card.note}
          onCall={(person) => person.phone && callNumber(person.phone)}
        />
      </View>
      <Facts card={card} />
      {card.steps.length > 0 && (
        <View className="mt12">
          <HelpSteps
            steps={card.steps}
            onStep={going ? (step) => void act('step', { step }) : undefined}
          />
        </View>
      )}
      {going && (
        <View className="help-warn row-t mt12">
          <Icon name="alert" size={20} tone="ink-3" />
          <Text className="sub c2 ml8 f1">
            {card.consent
              ? '看不到老人的存折、病历和别的事。授权之外的，请老人自己或家里人办。'
              : '只帮说好的这一件。碰钱、证件、密码的，请老人自己或家里人办。'}
          </Text>
        </View>
      )}
    </Page>
  );
}

/** The server's scope is a whole phrase (仅限…，当天有效); the banner puts the same words around it. */
const bare = (scope: string): string => scope.replace(/^仅限/, '').replace(/，当天有效$/, '');

/** Leaving stands left, the filled one right, as in every foot bar. */
const rank = (action: CardAction): number => (action.style === 'filled' ? 1 : 0);

/** When, how long, what it is worth, and what became of it. */
function Facts({ card }: { card: HelpCard }) {
  return (
    <View className="card card-p mt12">
      <View className="row">
        <Text className="b f1">{card.when}</Text>
        <Tag {...card.status} />
      </View>
      <View className="sub c2 mt4 row num">
        <Text>约 {card.minutes} 分钟</Text>
        <View className="sep" />
        <Text>记 {card.creditHours} 小时</Text>
      </View>
      {card.rating && (
        <View className="mt12">
          <Stars value={card.rating.stars} small />
          {card.rating.text && (
            <View className="sub c2 mt4">
              <Text>{card.rating.text}</Text>
            </View>
          )}
        </View>
      )}
    </View>
  );
}
