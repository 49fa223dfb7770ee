import { useEffect, useState } from 'react';
import { Image, Text, View } from '@tarojs/components';
import type { Persona } from '@alley-chief/shared/contract';
import alley from '../../assets/pictures/alley.svg';
import tall from '../../assets/pictures/alley-tall.svg';
import { api, problemOf } from '../../api';
import { Button } from '../../components/Button';
import { Page } from '../../components/Page';
import { PersonaCard } from '../../components/PersonaCard';
import { Skeleton } from '../../components/Skeleton';
import { isWeapp, isWideWindow, onWideChange, signInCode, startAt, toast } from '../../platform';
import { Problem } from '../../shell/Problem';
import { useLoad } from '../../shell/useLoad';
import { currentMe, enter, homeOf, run } from '../../stores';
import './index.scss';

/** Who to be. In demo mode a list of people; a code from WeChat otherwise. */
export default function Login() {
  const wide = useWide();
  const { data, loading, error, reload } = useLoad('personas', () => api('GET /auth/personas'));
  const [busy, setBusy] = useState<string>();
  useEffect(() => {
    const me = currentMe();
    if (me) startAt(homeOf(me));
  }, []);

  const signIn = async (key: string, ask: () => Promise<Parameters<typeof enter>[0]>) => {
    if (busy) return;
    setBusy(key);
    try {
      const signedIn = await ask();
      enter(signedIn);
      run();
      startAt(homeOf(signedIn.me));
    } catch (e) {
      toast(problemOf(e).message);
    } finally {
      setBusy(undefined);
    }
  };
  const be = (personaId: string) =>
    void signIn(personaId, () => api('POST /auth/persona', { body: { personaId } }));
  const withWechat = () =>
    void signIn('wechat', async () => {
      const code = (await signInCode()) ?? 'browser';
      return api('POST /auth/wechat', { body: { code } });
    });

  // On a phone the desk is no place to begin: it stands last there, and large on a PC.
  const people = [...(data?.personas ?? [])].sort((a, b) => +a.featured - +b.featured);
  const shared = { people, busy, be, notice: data?.notice };
  // Outside demo mode there is nobody to pick: WeChat signs in.
  const onlyWechat = error?.code === 'demoOnly';
  const body = loading ? (
    <Skeleton kind="list" count={6} />
  ) : error && !onlyWechat ? (
    <Problem error={error} onRetry={reload} />
  ) : wide ? (
    <WideList {...shared} />
  ) : (
    <PhoneList {...shared} />
  );
  const wechat = (isWeapp || onlyWechat) && (
    <Button kind="text" block busy={busy === 'wechat'} busyLabel="正在登录…" onTap={withWechat}>
      用微信登录
    </Button>
  );
  return wide ? (
    <Page wide>
      <View className="login-wide">
        <View className="login-art">
          <Image className="login-tall" src={tall} mode="aspectFill" />
        </View>
        <View className="login-side">
          <Heading />
          {body}
          <View className="f1" />
          <View className="row login-notice c3">
            <Text>{data?.notice ?? ''}</Text>
          </View>
          {wechat}
        </View>
      </View>
    </Page>
  ) : (
    <Page>
      <Image className="login-picture" src={alley} mode="aspectFill" />
      <Heading />
      <View className="px16">{body}</View>
      <View className="px16 mt16">
        <View className="cap c3 tc">
          <Text>{data?.notice ?? ''}</Text>
        </View>
        {wechat}
      </View>
    </Page>
  );
}

const Heading = () => (
  <View className="login-head">
    <View className="login-name">
      <Text>胡同长</Text>
    </View>
    <View className="login-line c2">
      <Text>家门口的事，说一声就有人管</Text>
    </View>
  </View>
);

interface ListProps {
  people: readonly Persona[];
  busy: string | undefined;
  be: (id: string) => void;
}

function PhoneList({ people, busy, be }: ListProps) {
  return (
    <View className="card mt12">
      {people.map((one) => (
        <PersonaCard key={one.id} persona={one} busy={busy === one.id} onPick={() => be(one.id)} />
      ))}
    </View>
  );
}

function WideList({ people, busy, be }: ListProps) {
  const desk = people.filter((one) => one.featured);
  const others = people.filter((one) => !one.featured);
  const card = (one: Persona, look: 'hero' | 'tile') => (
    <PersonaCard persona={one} look={look} busy={busy === one.id} onPick={() => be(one.id)} />
  );
  return (
    <View>
      {desk.map((one) => (
        <View key={one.id} className="mt32">
          {card(one, 'hero')}
        </View>
      ))}
      <View className="sec mt32">
        <Text>换个人看看</Text>
      </View>
      <View className="login-grid">
        {others.map((one) => (
          <View key={one.id} className="login-cell">
            {card(one, 'tile')}
          </View>
        ))}
      </View>
    </View>
  );
}

function useWide(): boolean {
  const [wide, setWide] = useState(isWideWindow);
  useEffect(() => onWideChange(setWide), []);
  return wide;
}
