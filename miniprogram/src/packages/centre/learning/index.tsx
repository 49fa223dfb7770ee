import { useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { LearningView, ModelView } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Section, TextField } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Sheet } from '../../../components/Sheet';
import { Skeleton } from '../../../components/Skeleton';
import { toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useMe } from '../../../stores';
import { MoreRows } from '../../staff/MoreRows';
import { useActId } from '../../staff/useActId';
import { usePages } from '../../staff/usePages';
import { Confusions } from './Confusions';
import { ModelRow } from './ModelRow';
import { Weeks } from './Weeks';
import './index.scss';

/** How often a training that is under way is looked at, ms. */
const lookEvery = 2000;

/** 小同学得咋样: how often it hears right, what it mixes up, and which version is in charge. */
export default function Learning() {
  useMe();
  const learning = useLoad('learning', () => api('GET /learning'));
  const models = usePages('models', ({ cursor, limit }) =>
    api('GET /learning/models', { query: { limit, ...(cursor && { cursor }) } }),
  );
  const { data, reload } = learning;
  const actId = useActId();
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState<ModelView>();
  const busy = data?.training.state === 'running';

  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(reload, lookEvery);
    return () => {
      clearInterval(timer);
      // It has ended: there may be a new version.
      void models.refresh();
    };
  }, [busy, reload]);

  const train = async () => {
    setAsking(true);
    try {
      await api('POST /learning/trainings', { body: { clientId: actId('train') } });
      actId.forget('train');
      reload();
    } catch (error) {
      const { code, message } = problemOf(error);
      toast(message);
      if (code !== 'offline') actId.forget('train');
      reload();
    } finally {
      setAsking(false);
    }
  };

  return (
    <Page
      nav={<Nav title="小同学得咋样" onBack hair />}
      banner={<NetBanner reading />}
      overlay={
        chosen && (
          <RunSheet
            model={chosen}
            onClose={() => setChosen(undefined)}
            onDone={() => {
              setChosen(undefined);
              reload();
              void models.refresh();
            }}
          />
        )
      }
      scrollProps={{ onScrollToLower: models.loadMore }}
      gutter
    >
      {learning.loading ? (
        <Skeleton kind="cards" count={4} />
      ) : !data ? (
        <Problem error={learning.error} onRetry={reload} />
      ) : (
        <>
          <Lessons data={data} busy={busy || asking} onTrain={() => void train()} />
          <Section title="这些周听得准不准">
            <Weeks weeks={data.weeks} />
          </Section>
          <Section title="常听混的">
            <Confusions rows={data.confusions} />
          </Section>
          <Section title="学过的版本">
            {models.error && !models.items.length ? (
              <Problem error={models.error} onRetry={() => void models.refresh()} />
            ) : models.loading ? (
              <Skeleton kind="list" count={2} />
            ) : !models.items.length ? (
              <EmptyState title="还没有版本" lines={['学过一遍，这里就有了。']} />
            ) : (
              <View className="card">
                {models.items.map((model) => (
                  <ModelRow key={model.version} model={model} onRun={() => setChosen(model)} />
                ))}
              </View>
            )}
            <MoreRows list={models} />
          </Section>
        </>
      )}
    </Page>
  );
}

/** What has been taught, and the button that makes something of it. */
function Lessons({
  data,
  busy,
  onTrain,
}: {
  data: LearningView;
  busy: boolean;
  onTrain: () => void;
}) {
  const { lessons, training } = data;
  const done = Math.round((training.done ?? 0) * 100);
  return (
    <View className="card card-p mt12">
      <View className="row">
        <Count n={lessons.corrected} label="改正过" />
        <Count n={lessons.confirmed} label="办成没改过" />
        <Count n={lessons.fresh} label="还没学" />
      </View>
      <View className="sub c2 mt12">
        <Text>
          {busy
            ? `正在学，学了 ${done}%。这会儿照常用原来的。`
            : lessons.fresh
              ? '夜里会自己学一遍；等不及就现在学。学完不比现在的差才换上。'
              : '改正的都学过了。再有人改类别，这里会多起来。'}
        </Text>
      </View>
      {training.problem && (
        <View className="sub cb mt8">
          <Text>{training.problem}</Text>
        </View>
      )}
      <View className="mt12">
        <Button block busy={busy} busyLabel="正在学…" onTap={onTrain}>
          现在学一遍
        </Button>
      </View>
    </View>
  );
}

function Count({ n, label }: { n: number; label: string }) {
  return (
    <View className="f1">
      <View className="cap c3">
        <Text>{label}</Text>
      </View>
      <View className="learn-count num">
        <Text>{n}</Text>
      </View>
    </View>
  );
}

/** Another version takes over from the next message on; why is kept. */
function RunSheet({
  model,
  onClose,
  onDone,
}: {
  model: ModelView;
  onClose: () => void;
  onDone: () => void;
}) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const actId = useActId();
  const send = async () => {
    setBusy(true);
    const act = `run:${model.version}:${reason}`;
    try {
      await api('POST /learning/models/:version/run', {
        params: { version: model.version },
        body: { clientId: actId(act), reason: reason.trim() },
      });
      toast('换上了，下一句话就用它');
      onDone();
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      open
      title="换上这一版"
      onClose={onClose}
      foot={
        <Button block disabled={!reason.trim()} busy={busy} onTap={() => void send()}>
          换上
        </Button>
      }
    >
      <View className="sub c2">
        <Text>
          {model.state === 'rejected'
            ? '这一版比的时候差一些，换上前请想好。'
            : '从下一句话起用这一版；已经派出去的事不变。'}
        </Text>
      </View>
      <View className="mt12">
        <TextField
          value={reason}
          onChange={setReason}
          label="为什么换"
          placeholder="比如：新的一版总把停电听成路灯"
          maxLength={200}
        />
      </View>
    </Sheet>
  );
}
