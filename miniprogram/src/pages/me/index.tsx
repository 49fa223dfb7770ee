import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { Me } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../api';
import { Avatar } from '../../components/Avatar';
import { Button } from '../../components/Button';
import { DoorPlate } from '../../components/DoorPlate';
import { ListRow, Section, SwitchRow } from '../../components/Form';
import { Nav } from '../../components/Nav';
import { Page } from '../../components/Page';
import { Skeleton } from '../../components/Skeleton';
import { callNumber, confirm, go, swapTo, toast } from '../../platform';
import { NetBanner } from '../../shell/NetBanner';
import { Tabs } from '../../shell/Tabs';
import { useLoad } from '../../shell/useLoad';
import { pages, setElderMode, signOut, useMe, useUnsent } from '../../stores';
import './index.scss';

/** 我: who one is here, the family, large print, leaving. */
export default function Mine() {
  const me = useMe();
  const waiting = useUnsent().length;
  const [leaving, setLeaving] = useState(false);

  const leave = async () => {
    if (
      waiting > 0 &&
      !(await confirm({
        title: `还有 ${waiting} 条没发出去`,
        text: '存在这部手机上，下次进来接着发',
        yes: '先退出',
      }))
    )
      return;
    setLeaving(true);
    await signOut();
  };

  if (!me) {
    return (
      <Page nav={<Nav title="我" />}>
        <Skeleton kind="list" count={4} />
      </Page>
    );
  }
  return (
    <Page
      elder={me.elderMode}
      nav={<Nav title="我" hair={false} />}
      banner={<NetBanner />}
      foot={<Tabs current="me" />}
      gutter
    >
      <Who me={me} />
      <View className="card mt12 me-pad">
        <SwitchRow
          label={me.elderMode ? '长辈版（大字）' : '长辈版：字大，能念给您听'}
          on={me.elderMode}
          onChange={(on) =>
            void setElderMode(on).catch((error: unknown) => toast(problemOf(error).message))
          }
        />
      </View>
      {me.household && me.home === 'chat' && (
        <View className="card mt12">
          <ListRow icon="doc" title="我的事" onTap={() => swapTo(pages.matters)} />
          <ListRow icon="list" title="办事" onTap={() => swapTo(pages.services)} />
        </View>
      )}
      {me.home === 'desk' && (
        <View className="card mt12">
          <ListRow icon="chart" title="小同学得咋样" onTap={() => go(pages.learning)} />
        </View>
      )}
      {me.household && <Family me={me} />}
      {me.roles.some(({ role }) => role === 'alleyChief' || role === 'gridWorker') && (
        <View className="card mt12">
          <ListRow
            icon="pin"
            title="地名"
            note="大伙儿咋叫，小同就咋认"
            onTap={() => go(pages.landmarks)}
          />
        </View>
      )}
      {me.household && me.home !== 'chat' && (
        <View className="card mt12">
          <ListRow icon="home" title="自家的胡同" onTap={() => go(pages.chat)} />
        </View>
      )}
      {writes(me) && (
        <View className="card mt12">
          <ListRow icon="doc" title="政策问答" onTap={() => go(pages.articles)} />
        </View>
      )}
      <View className="mt24">
        <Button
          kind="outline"
          block
          busy={leaving}
          busyLabel="正在退出…"
          onTap={() => void leave()}
        >
          {me.demo ? '换个人看看' : '退出登录'}
        </Button>
      </View>
      <About demo={me.demo} />
    </Page>
  );
}

/** Those who write what 小同 answers, or review it. */
const writes = (me: Me): boolean =>
  me.roles.some(({ role }) =>
    ['gridLeader', 'gridSupervisor', 'unitStaff', 'dispatcher', 'admin'].includes(role),
  );

function Who({ me }: { me: Me }) {
  const tone =
    me.home === 'inbox'
      ? 'chief'
      : me.home === 'help'
        ? 'volunteer'
        : me.home === 'chat'
          ? 'household'
          : 'worker';
  return (
    <View className="card card-p mt12">
      <View className="row">
        {!me.elderMode && <Avatar person={{ surname: me.surname, tone }} size={56} />}
        <View className={me.elderMode ? 'f1' : 'f1 ml12'}>
          <View className="h1">
            <Text>{me.name}</Text>
          </View>
          {me.phoneMasked && (
            <View className="sub c2 num">
              <Text>{me.phoneMasked}</Text>
            </View>
          )}
        </View>
      </View>
      {me.household && (
        <View className="row mt12">
          <DoorPlate text={me.household.plate} tone="solid" />
          <Text className="sub c2 ml8 num">{me.household.members} 口人</Text>
        </View>
      )}
      {me.roles
        .filter(({ role }) => role !== 'resident')
        .map((role) => (
          <View key={`${role.role}${role.area}`} className="row mt8">
            <Text className="b">{role.label}</Text>
            <Text className="sub c2 ml8 f1">{role.areaName}</Text>
          </View>
        ))}
    </View>
  );
}

/** The people of the own household, and the chief one can always ring. */
function Family({ me }: { me: Me }) {
  const id = me.household?.id ?? '';
  const { data } = useLoad(id ? `household:${id}` : '', () =>
    api('GET /households/:id', { params: { id } }),
  );
  const { chief } = me;
  if (!data && !chief) return null;
  return (
    <Section title={data ? '一家人' : '找胡同长'}>
      {data && (
        <View className="card card-p">
          {data.members.map(({ person, relation, age }, i) => (
            <View key={person.id} className={i > 0 ? 'row mt12' : 'row'}>
              {!me.elderMode && <Avatar person={person} />}
              <View className={me.elderMode ? 'f1' : 'f1 ml12'}>
                <Text className="b">{person.name}</Text>
                <Text className="sub c2 ml8 num">
                  {[relation, age === undefined ? '' : `${age} 岁`].filter(Boolean).join(' ')}
                </Text>
              </View>
              {person.id === me.id && <Text className="cap c3">我</Text>}
            </View>
          ))}
        </View>
      )}
      {chief && (
        <View className={data ? 'card mt12' : 'card'}>
          <ListRow
            icon="phone"
            title={`打给${chief.callName}`}
            note={`胡同长 ${chief.areaName}`}
            onTap={() => callNumber(chief.phone)}
          />
        </View>
      )}
    </Section>
  );
}

function About({ demo }: { demo: boolean }) {
  const { data } = useLoad('about', () => api('GET /about'));
  return (
    <View className="me-about cap c3 tc">
      <Text>胡同长{data ? ` ${data.version}` : ''}</Text>
      {data?.secondOpinion && (
        <View className="me-about__notice">
          <Text>
            {data.secondOpinion.notice}（{data.secondOpinion.host}）
          </Text>
        </View>
      )}
      {demo && (
        <View>
          <Text>演示用，人名和事都是编的</Text>
        </View>
      )}
    </View>
  );
}
