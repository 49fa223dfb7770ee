import { useState } from 'react';
import { Image, ScrollView, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import alley from '../../assets/pictures/alley.svg';
import * as K from '../../components';
import * as d from './data';
import { Probe } from './Probe';

const no = () => {};
const chips = (...labels: string[]) => labels.map((label) => ({ label }));
const NavChat = (p: { off?: boolean; hair?: boolean }) => (
  <K.Nav
    title="王秀兰"
    sub="胡同长"
    tile={<K.Avatar person={d.chief} />}
    line={p.off ? '没连上' : '在线 · 槐树胡同'}
    presence={p.off ? 'off' : 'online'}
    onBack
    onCall={no}
    hair={p.hair ?? true}
  />
);
const Thread = (p: { children: React.ReactNode }) => (
  <ScrollView scrollY style={{ flex: 1, height: 0 }}>
    <View style={{ padding: '0 12px 12px' }}>{p.children}</View>
  </ScrollView>
);
const Bar = (p: { mode?: 'voice' | 'keyboard'; text?: string; rec?: number }) => {
  const [mode, setMode] = useState(p.mode ?? 'voice');
  const [text, setText] = useState(p.text ?? '');
  const [rec, setRec] = useState(p.rec);
  return (
    <K.InputBar
      mode={mode}
      onMode={setMode}
      text={text}
      onText={setText}
      onSend={() => setText('')}
      onPicture={no}
      recording={rec}
      onTalkStart={() => setRec(0)}
      onTalkEnd={() => setRec(undefined)}
    />
  );
};
const tabsV = [
  { key: 'a', label: '胡同', icon: 'home' },
  { key: 'b', label: '办事', icon: 'list' },
  { key: 'c', label: '我的事', icon: 'doc', count: 1 },
  { key: 'd', label: '我', icon: 'user' },
] as const;
const family = { now: d.now, onAction: no };

const screens: Record<string, () => JSX.Element> = {
  probe: () => <Probe />,
  a1: () => (
    <K.Page scroll={false} nav={<NavChat />} foot={<Bar />}>
      <Thread>
        <K.TimeStamp text="今天 18:01" />
        <K.Bubble mine text="门口路灯两晚上没亮了，孩子放学回来黑灯瞎火的" />
        <K.VoiceClip
          mine
          continued
          seconds={8}
          onPlay={no}
          transcript="就是俺家门口那根杆子，挨着老槐树那根"
        />
        <K.PictureMessage
          mine
          continued
          src={d.photo1}
          width={184}
          height={132}
          onOpen={no}
          note="已送到"
        />
        <K.Bubble
          mine={false}
          from={d.bot}
          text="收到，照片也看清了。我这就去找管路灯的人，一会儿告诉您是谁来修。"
        />
      </Thread>
      <K.QuestionChips chips={chips('不急，别跑夜路', '家里有老人', '再补一句')} onPick={no} />
    </K.Page>
  ),
  a2: () => (
    <K.Page
      scroll={false}
      nav={<NavChat />}
      banner={
        <K.PinnedStrip matters={[d.lamp]} now={d.now} expanded={false} onToggle={no} onOpen={no} />
      }
      foot={<Bar mode="keyboard" text="好，麻烦您了" />}
    >
      <Thread>
        <K.TimeStamp text="18:04 小同找到人了" />
        <View className="mt8">
          <K.RoutingCard card={d.lamp} {...family} />
        </View>
        <K.Bubble
          mine={false}
          from={d.chief}
          time="18:09"
          text="赵婶，我跟刘师傅说好了，今晚先给您门口挂个灯。"
        />
      </Thread>
      <K.QuestionChips chips={chips('谢谢王婶', '灯挂上了', '明天家里有人')} onPick={no} />
    </K.Page>
  ),
  a3: () => (
    <K.Page scroll={false} nav={<NavChat />} foot={<Bar rec={4} />}>
      <Thread>
        <K.TimeStamp text="今天 18:41" />
        <K.Bubble mine text="厨房一股煤气味，头有点晕" />
        <View className="mt16" style={{ padding: '2px' }}>
          <K.EmergencyCard card={d.gas} onDial={no} onCallPerson={no} {...family} />
        </View>
      </Thread>
      <K.QuestionChips chips={chips('人都出来了', '老人还在屋里', '弄错了，没事')} onPick={no} />
    </K.Page>
  ),
  b1: () => (
    <K.Page elder scroll={false} nav={<K.Nav title="王婶" onBack onCall={no} />} foot={<Bar />}>
      <Thread>
        <K.TimeStamp text="今天下午 6 点" />
        <K.Bubble mine text="门口路灯两晚上没亮了" />
        <K.Bubble
          mine={false}
          from={d.bot}
          text="听明白了，是您家门口的路灯。我找了刘建设师傅，他明天下午 6 点前来修。"
          onSpeak={no}
        />
        <K.Bubble mine={false} from={d.chief} text="今晚先给您门口挂个灯。" />
      </Thread>
    </K.Page>
  ),
  b2: () => (
    <K.Page elder scroll={false} nav={<K.Nav title="王婶" onBack onCall={no} />} foot={<Bar />}>
      <Thread>
        <View style={{ height: '12px' }} />
        <K.RoutingCard card={d.lampElder} {...family} onSpeak={no} />
      </Thread>
    </K.Page>
  ),
  b3: () => (
    <K.Page
      elder
      nav={<K.Nav title="王婶" onBack onCall={no} />}
      foot={<Bar mode="keyboard" />}
      banner={
        <K.PinnedStrip matters={[d.ditch, d.lamp]} now={d.now} expanded onToggle={no} onOpen={no} />
      }
      gutter
    >
      <View className="mt12" />
      <K.EmergencyCard card={d.gas} onDial={no} onCallPerson={no} {...family} onSpeak={no} />
      <K.QuestionChips chips={chips('人都出来了', '老人还在屋里')} onPick={no} />
      <K.BookingCard card={d.ticket} {...family} onSpeak={no} />
      <View className="mt12" />
      <K.BundleCard card={d.baby} {...family} onRow={no} onPhoto={no} onSpeak={no} />
    </K.Page>
  ),
  c1: () => (
    <K.Page
      nav={<K.Nav title="办事" hair={false} />}
      foot={<K.BottomNav items={tabsV} current="b" onGo={no} />}
      banner={
        <View className="bg-paper px16" style={{ paddingBottom: '12px' }}>
          <K.Field
            icon="search"
            label="说说要办啥"
            value="生了娃要办啥"
            onChange={no}
            right={
              <>
                <K.FieldButton icon="x" label="清空" onTap={no} />
                <K.FieldButton icon="mic" label="说话" tone="door" onTap={no} />
              </>
            }
          />
        </View>
      }
      gutter
    >
      <K.Section title="您说的应该是这件">
        <K.BundleCard card={d.baby} icon="baby" {...family} />
      </K.Section>
      <K.Section title="也可以单办">
        <View className="card">
          <K.ListRow title="给孩子上户口" note="派出所" onTap={no} />
          <K.ListRow title="给孩子交医保" note="医保窗口" onTap={no} />
          <K.ListRow title="生育费用报销" note="医保窗口" onTap={no} />
        </View>
      </K.Section>
    </K.Page>
  ),
  c2: () => (
    <K.Page
      nav={<K.Nav title="新生儿出生一件事" onBack hair={false} />}
      banner={
        <View className="bg-paper px16 hair pb16">
          <View className="sub c2">7 件一起办，跑 1 趟，5 个工作日办完</View>
          <K.BundleProgress card={d.baby} />
        </View>
      }
      foot={
        <K.FootBar>
          <View className="acts">
            <K.Button kind="outline">请王婶帮备</K.Button>
            <K.Button grow>选个时间去办</K.Button>
          </View>
        </K.FootBar>
      }
      gutter
    >
      <View className="card mt12">
        <K.Checklist rows={d.baby.rows} onRow={no} onPhoto={no} />
      </View>
    </K.Page>
  ),
  c3: () => (
    <K.Page
      nav={<K.Nav title="选个时间" onBack hair={false} />}
      banner={
        <View className="bg-paper px16 hair pb16">
          <View className="row mt6">
            <K.DoorPlate text="便民中心 3 号窗" tone="solid" />
            <Text className="sub c2 ml8">离您家 1.2 公里</Text>
          </View>
        </View>
      }
      foot={
        <K.FootBar>
          <K.Button block>约 16 日周四 09:30</K.Button>
        </K.FootBar>
      }
    >
      <View className="sec mt16 px16">哪天去</View>
      <View className="mt8">
        <K.DayStrip
          chosen="2026-07-16"
          onChoose={no}
          days={[
            { date: '2026-07-15', weekday: '今天', left: 0, open: true },
            { date: '2026-07-16', weekday: '周四', left: 9, open: true },
            { date: '2026-07-17', weekday: '周五', left: 14, open: true },
            { date: '2026-07-18', weekday: '周六', left: 0, open: false },
            { date: '2026-07-20', weekday: '周一', left: 16, open: true },
          ]}
        />
      </View>
      <View className="px16 mt20">
        <K.SlotGrid
          note="每个时段接 4 户"
          chosen="3"
          onChoose={no}
          slots={[
            ['1', '08:30', 0],
            ['2', '09:00', 1],
            ['3', '09:30', 3],
            ['4', '10:00', 0],
            ['5', '10:30', 2],
            ['6', '11:00', 0],
            ['7', '14:30', 1],
            ['8', '15:00', 0],
            ['9', '15:30', 2],
          ].map(([id, t, left]) => ({
            id: String(id),
            startsAt: d.at(`16T${t}`),
            left: Number(left),
          }))}
        />
        <View className="why mt8">
          <K.Icon name="walk" size={20} tone="door" />
          <Text className="f1 ml8 sub c2">还差的 2 样当天带来，窗口现场收。</Text>
        </View>
      </View>
    </K.Page>
  ),
  c4: () => (
    <K.Page
      nav={<K.Nav title="约好了" onBack hair={false} />}
      foot={
        <K.FootBar>
          <K.Button block>加到提醒</K.Button>
        </K.FootBar>
      }
      gutter
    >
      <View className="mt16">
        <K.QueueTicket card={d.ticket} now={d.now} />
      </View>
      <View className="card card-p mt12">
        <K.BringList items={d.ticket.bring} />
      </View>
      <View className="mt12">
        <K.Actions actions={d.ticket.actions} {...family} />
      </View>
    </K.Page>
  ),
  d1: () => (
    <K.Page
      nav={<K.Nav title="我的事" hair={false} />}
      banner={
        <K.Tabs
          items={[
            { key: 'a', label: '在办', number: 3 },
            { key: 'b', label: '等您打分', badge: 1 },
            { key: 'c', label: '办完', number: 9 },
          ]}
          current="a"
          onChange={no}
        />
      }
      foot={<K.BottomNav items={tabsV} current="c" onGo={no} />}
      gutter
    >
      <View className="mt12">
        <K.CaseRow
          card={d.ditch}
          now={d.now}
          onOpen={no}
          note="小同已替您催过一次"
          action={{ label: '请镇里督办', filled: true, onTap: no }}
        />
      </View>
      <View className="mt12">
        <K.CaseRow card={d.lamp} now={d.now} onOpen={no} />
      </View>
      <View className="mt12">
        <K.RoutingCard card={d.lampUrged} {...family} />
      </View>
    </K.Page>
  ),
  d2: () => {
    const [stars, setStars] = useState(4);
    return (
      <K.Page
        nav={<K.Nav title="打个分" onBack />}
        foot={
          <K.FootBar>
            <View className="acts">
              <K.Button kind="outline">没修好，退回去</K.Button>
              <K.Button grow>就这样，交</K.Button>
            </View>
          </K.FootBar>
        }
        gutter
      >
        <View className="mt16">
          <K.RoutingCard card={d.fixed} {...family} />
        </View>
        <View className="card card-p mt12">
          <View className="ttl tc">您看修得行不行？</View>
          <View className="mt8">
            <K.Stars value={stars} onChange={setStars} />
          </View>
          <View className="mt12">
            <K.ChipWrap
              onPick={no}
              chips={[
                { label: '来得快', on: true },
                { label: '说得清楚' },
                { label: '收拾干净' },
                { label: '比说的晚' },
                { label: '说一句', emphasis: true, icon: 'mic' },
              ]}
            />
          </View>
        </View>
      </K.Page>
    );
  },
  e1: () => (
    <K.Page
      nav={<K.Nav title="槐树胡同" sub="14 户 43 口" />}
      foot={<K.BottomNav items={tabsV} current="a" onGo={no} />}
    >
      <View className="row px16" style={{ height: '44px' }}>
        <Text className="sec f1">3 户在等您</Text>
        <Text className="cap c3">急的、等得久的在前</Text>
      </View>
      <View>
        {d.rows.map((row) => (
          <K.HouseholdRow
            key={row.householdId}
            row={row}
            now={d.now}
            onOpen={no}
            onDial={no}
            onComing={no}
            onCall={no}
          />
        ))}
      </View>
      <View className="row px16" style={{ height: '44px' }}>
        <Text className="sec f1">说完了的</Text>
      </View>
      <View>
        {d.quiet.map((row) => (
          <K.HouseholdRow key={row.householdId} row={row} now={d.now} onOpen={no} />
        ))}
      </View>
    </K.Page>
  ),
  e2: () => (
    <K.Page
      scroll={false}
      nav={
        <K.Nav
          title="赵家"
          line="4 口人，1 位老人"
          tile={<K.DoorNumber text="7 号" inNav />}
          onBack
          onCall={no}
        />
      }
      banner={
        <K.PinnedStrip
          matters={[{ ...d.lamp, viewer: 'chief' }]}
          now={d.now}
          expanded={false}
          onToggle={no}
          onOpen={no}
        />
      }
      foot={<Bar />}
    >
      <Thread>
        <K.Bubble mine text="赵婶，我跟刘师傅说好了。今晚先在您家门口挂个灯。" />
        <K.TimeStamp text="今天 06:32" />
        <K.Bubble mine={false} from={d.zhao} text="今天电工几点来？要留人不" />
        <K.Bubble
          mine={false}
          continued
          from={d.zhao}
          text="还有，老头子的降压药快没了，镇上药店不给刷医保卡"
        />
        <View className="mt16">
          <K.UncertainCard card={d.doubt} {...family} />
        </View>
      </Thread>
      <K.QuestionChips
        chips={chips('师傅下午来，不用等', '我这就过去', '我问清楚告诉您')}
        onPick={no}
      />
    </K.Page>
  ),
  e3: () => (
    <K.Page
      scroll={false}
      nav={
        <K.Nav
          title="赵家"
          line="4 口人，1 位老人"
          tile={<K.DoorNumber text="7 号" inNav />}
          onBack
          onCall={no}
        />
      }
      overlay={
        <K.Sheet open title="往上报" onClose={no} foot={<K.Button block>报给李明</K.Button>}>
          <View className="sec">什么事</View>
          <View className="mt8">
            <K.TextField
              label="什么事"
              value="7 号赵家，老人高血压，在镇上平安药店买降压药不能刷医保卡，想问怎么办。"
              onChange={no}
            />
          </View>
          <View className="sec mt16">报给谁</View>
          <K.OptionRow
            title="网格员 李明"
            line="他跑过慢病卡的事，今天在岗"
            on
            right={<K.Tag text="建议" tone="do" />}
            onTap={no}
          />
          <K.OptionRow title="镇医保窗口" line="9 点开门，一般当天回" on={false} onTap={no} />
          <K.OptionRow title="村委会" line="说不准归谁，先报村里" on={false} onTap={no} />
          <View className="mt12">
            <K.SwitchRow label="跟赵家说一声报给谁了" on onChange={no} />
          </View>
        </K.Sheet>
      }
    >
      <View />
    </K.Page>
  ),
  f1: () => (
    <K.Page
      nav={<K.Nav title="搭把手" sub="攒了 12 小时" hair={false} />}
      foot={<K.BottomNav items={tabsV} current="a" onGo={no} />}
      gutter
    >
      {[
        d.help(
          '帮吴奶奶缴医保',
          '不会用手机，孙女在外地，怕过了月底',
          'phone',
          '槐树胡同 6 号',
          300,
          '约 20 分钟',
          0.5,
        ),
        d.help(
          '抬一张床到西屋',
          '要两个人，已有 1 人报名',
          'lift',
          '槐树胡同 9 号',
          350,
          '今晚 19:00',
          0.5,
        ),
        d.help(
          '陪孙大爷去镇卫生院',
          '量血压、拿药，腿脚慢，要有三轮车',
          'doctor',
          '柳叶胡同 2 号',
          1100,
          '周五上午',
          2,
        ),
      ].map((h) => (
        <View key={h.id} className="mt12">
          <K.HelpCard card={h} {...family} onOpen={no} />
        </View>
      ))}
    </K.Page>
  ),
  f2: () => {
    const h = d.help('帮吴奶奶缴医保', '', 'phone', '槐树胡同 6 号', 300, '', 0.5);
    return (
      <K.Page
        nav={<K.Nav title="帮吴奶奶缴医保" onBack hair={false} />}
        banner={
          <K.ConsentBanner
            scope="缴医保"
            until={d.at('16T00:00')}
            proof="08:36 亲口同意，录音已存"
            now={d.now}
          />
        }
        foot={
          <K.FootBar>
            <View className="acts">
              <K.Button kind="outline">去不了了</K.Button>
              <K.Button grow icon="cam">
                拍凭证，办完
              </K.Button>
            </View>
          </K.FootBar>
        }
        gutter
      >
        <View className="mt12">
          <K.HelpPerson
            card={{ ...h, plate: { text: '槐树胡同 6 号', tone: 'solid' } }}
            line="耳背，说话慢一点、近一点"
            onCall={no}
            onRoute={no}
          />
        </View>
        <View className="mt12">
          <K.HelpSteps steps={h.steps} onStep={no} />
        </View>
      </K.Page>
    );
  },
  h1: () => (
    <K.Page>
      <Image src={alley} style={{ width: '100%', height: '224px' }} mode="aspectFill" />
      <View className="px16" style={{ paddingTop: '12px' }}>
        <View className="h1">胡同长</View>
        <View className="sub c2">家门口的事，说一声就有人管</View>
        <View className="card mt12">
          {(
            [
              ['村民', '赵桂香', '说事、办事、打分', 'household'],
              ['长辈版', '张奶奶', '大字、念给您听、点一下说话', 'household'],
              ['胡同长', '王秀兰', '管 14 户，今天 3 户在等', 'chief'],
              ['网格员', '李明', '柳沟 03 网格，手里 5 件', 'worker'],
              ['志愿者', '孙小满', '攒了 12 小时', 'volunteer'],
            ] as const
          ).map(([label, name, line, tone]) => (
            <K.PersonaCard
              key={name}
              onPick={no}
              persona={{
                id: name,
                label,
                name,
                line,
                tone,
                surname: name[0] ?? '',
                callName: name,
                home: 'chat',
                elder: false,
                featured: false,
              }}
            />
          ))}
        </View>
        <View className="mt12" />
        <K.PersonaCard
          look="hero"
          onPick={no}
          persona={{
            id: 'x',
            label: '治理中心',
            name: '林晓',
            line: '林晓值班，今天到点 38 件，超时 2 件',
            tone: 'worker',
            surname: '林',
            callName: '',
            home: 'desk',
            elder: false,
            featured: true,
          }}
        />
        <View className="mt12" />
        <K.PersonaCard
          look="tile"
          onPick={no}
          persona={{
            id: 'x',
            label: '胡同长',
            name: '王秀兰',
            line: '管 14 户，今天 3 户在等',
            tone: 'chief',
            surname: '王',
            callName: '',
            home: 'desk',
            elder: false,
            featured: true,
          }}
        />
      </View>
    </K.Page>
  ),
  i1: () => (
    <K.Page
      scroll={false}
      nav={<NavChat off />}
      banner={<K.OfflineBanner waiting={2} />}
      foot={<Bar />}
    >
      <Thread>
        <K.TimeStamp text="今天 17:58" />
        <K.Bubble mine={false} from={d.chief} text="赵婶，您把漏水那儿拍一张，我好叫人带家伙什。" />
        <K.TimeStamp text="今天 18:19" />
        <K.Bubble mine state="stored" text="水管在灶台后头，水表还在转" />
        <K.PictureMessage
          mine
          continued
          state="stored"
          src={d.photo1}
          width={144}
          height={104}
          onOpen={no}
        />
        <K.Bubble mine state="failed" text="在吗" onResend={no} />
        <K.Bubble
          mine={false}
          from={d.bot}
          text="没网也记下了。急的话，直接打王婶电话，不费流量。"
        />
        <K.LocationMessage
          mine={false}
          from={d.chief}
          name="村口老槐树"
          line="离您 300 米"
          onOpen={no}
        />
      </Thread>
      <K.QuestionChips
        chips={[{ label: '打给王婶', emphasis: true, icon: 'phone' }, { label: '发短信给她' }]}
        onPick={no}
      />
    </K.Page>
  ),
  i2: () => (
    <K.Page
      nav={<K.Nav title="槐树胡同" sub="14 户 43 口" />}
      foot={<K.BottomNav items={tabsV} current="a" onGo={no} />}
    >
      <K.EmptyState
        title="这会儿没人找您"
        lines={['有人说话，这里会响。', '走一走的单子上，还有 3 样没看。']}
        action={{ label: '去走一走', icon: 'walk', onTap: no }}
      />
    </K.Page>
  ),
  i3: () => (
    <K.Page nav={<K.Nav title="路灯不亮" onBack />}>
      <K.ErrorState onRetry={no} ask={{ label: '打电话问王婶', onTap: no }} code="E-4107" />
    </K.Page>
  ),
  i4: () => (
    <K.Page nav={<K.Nav title="路灯不亮" onBack />}>
      <K.ErrorState offline onRetry={no} />
      <K.EmptyState picture="locked" title="这儿您还进不去" lines={['这是别人家的事。']} />
      <K.Skeleton kind="list" count={2} />
      <K.Skeleton count={1} />
    </K.Page>
  ),
  lang: () => (
    <K.Page gutter>
      <View className="acts mt12">
        <K.Button>催一催</K.Button>
        <K.Button disabled>不能按</K.Button>
        <K.Button busy>发</K.Button>
      </View>
      <View className="acts mt12">
        <K.Button kind="outline">补照片</K.Button>
        <K.Button kind="tint">拍照</K.Button>
        <K.Button kind="mute">撤回</K.Button>
        <K.Button kind="dangerOutline" small>
          打
        </K.Button>
      </View>
      <View className="mt12">
        <K.Button kind="danger" block icon="phone">
          拨打 119
        </K.Button>
      </View>
      <View className="row mt12">
        {(['chief', 'household', 'worker', 'volunteer', 'bot'] as const).map((tone) => (
          <View key={tone} className="mr8">
            <K.Avatar size={44} person={{ surname: '王', tone }} />
          </View>
        ))}
      </View>
      <View className="row mt12">
        <K.DoorPlate text="槐树胡同 7 号" tone="solid" />
        <View className="ml8" />
        <K.DoorPlate text="便民中心 3 号窗" tone="brick" size="lg" />
        <View className="ml8" />
        <K.DoorPlate text="没到过" tone="outline" />
      </View>
      <View className="mt12">
        <K.Bricks bricks={d.bricks(2)} />
      </View>
      <View className="mt12">
        <K.Bricks bricks={d.bricks(2, true)} />
      </View>
      <View className="row wrap mt12">
        {(['do', 'wait', 'hot', 'hotTint', 'free', 'done'] as const).map((tone) => (
          <K.Tag key={tone} text="处置中" tone={tone} className="mr8" />
        ))}
      </View>
      <View className="mt12">
        <K.PinnedStrip matters={[d.ditch, d.lamp]} now={d.now} expanded onToggle={no} onOpen={no} />
      </View>
      <View className="mt12">
        <K.UncertainCard card={d.doubt} {...family} onCandidate={no} />
      </View>
      <View className="mt12">
        <K.RoutingCard card={d.ditch} {...family} />
      </View>
      <View className="mt12">
        <K.AnswerCard
          card={{
            id: 'a',
            rev: 1,
            type: 'answer',
            title: '高龄补贴怎么领',
            passage:
              '年满 80 周岁，本人或家里人带身份证、户口簿，到户口所在地村委会登记，次月发到卡里。',
            source: '项城市民政局办事指南',
            sourceDate: '2026 年 3 月',
            actions: [{ action: 'ask', label: '还是问问人', style: 'outline', needs: [] }],
          }}
          {...family}
        />
      </View>
    </K.Page>
  ),
};

export default function Gallery() {
  const { params } = useRouter();
  const Screen = screens[params.s ?? 'a1'] ?? screens.a1!;
  return <Screen />;
}
