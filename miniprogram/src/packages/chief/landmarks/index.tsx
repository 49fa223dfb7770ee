import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { Landmark } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Field, FieldButton } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Sheet } from '../../../components/Sheet';
import { Skeleton } from '../../../components/Skeleton';
import { confirm, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useElderMode, useMe } from '../../../stores';
import { MoreRows } from '../../staff/MoreRows';
import { useActId } from '../../staff/useActId';
import { usePages } from '../../staff/usePages';
import { namesIn } from './names';
import './index.scss';

/** 地名: what people of the own alley or grid call its spots, so that 小同 finds them in what they say. */
export default function Landmarks() {
  const me = useMe();
  const elder = useElderMode();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string>();
  const list = usePages(me ? `landmarks:${me.id}` : '', ({ cursor, limit }) =>
    api('GET /landmarks', { query: { limit, ...(cursor && { cursor }) } }),
  );

  const remove = async (one: Landmark) => {
    const sure = await confirm({
      title: `不要“${one.name}”了？`,
      text: '往后有人说到它，小同就不知道是哪儿了',
      yes: '不要了',
    });
    if (!sure) return;
    setRemoving(one.id);
    try {
      await api('DELETE /landmarks/:id', { params: { id: one.id } });
    } catch (error) {
      // Gone already is what was wanted.
      if (problemOf(error).code !== 'notFound') toast(problemOf(error).message);
    } finally {
      setRemoving(undefined);
      void list.refresh();
    }
  };

  return (
    <Page
      elder={elder}
      nav={<Nav title="地名" sub={me?.roles.find((r) => r.role !== 'resident')?.areaName} onBack />}
      banner={<NetBanner reading />}
      foot={
        list.items.length > 0 && (
          <FootBar>
            <Button block icon="plus" onTap={() => setAdding(true)}>
              加个地名
            </Button>
          </FootBar>
        )
      }
      overlay={
        <AddSheet
          open={adding}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            void list.refresh();
          }}
        />
      }
      scrollProps={{ onScrollToLower: list.loadMore }}
      gutter
    >
      {list.loading ? (
        <Skeleton kind="list" count={5} />
      ) : list.error && !list.items.length ? (
        <Problem error={list.error} onRetry={() => void list.refresh()} />
      ) : !list.items.length ? (
        <EmptyState
          title="还没记地名"
          lines={['“老槐树底下”您知道，小同不知道。', '记上，街坊一说就能找对地方。']}
          action={{ label: '加个地名', icon: 'plus', onTap: () => setAdding(true) }}
        />
      ) : (
        <>
          <View className="card card-p mt12">
            {list.items.map((one) => (
              <LandmarkRow
                key={one.id}
                one={one}
                busy={removing === one.id}
                onRemove={() => void remove(one)}
              />
            ))}
          </View>
          <MoreRows list={list} />
        </>
      )}
    </Page>
  );
}

function LandmarkRow({
  one,
  busy,
  onRemove,
}: {
  one: Landmark;
  busy: boolean;
  onRemove: () => void;
}) {
  return (
    <View className="landmark-row row">
      <View className="f1">
        <View className="b">
          <Text>{one.name}</Text>
        </View>
        {one.aliases.length > 0 && (
          <View className="sub c2">
            <Text>也叫{one.aliases.join('、')}</Text>
          </View>
        )}
        <View className="cap c3">
          <Text>
            {[one.areaName, one.addedBy && `${one.addedBy}记的`].filter(Boolean).join('，')}
          </Text>
        </View>
      </View>
      <Button
        kind="mute"
        small
        busy={busy}
        busyLabel="正在去掉…"
        label={`去掉${one.name}`}
        onTap={onRemove}
      >
        去掉
      </Button>
    </View>
  );
}

/** The name, and what else people call it. Sending again after no answer adds it once. */
function AddSheet({
  open,
  onClose,
  onAdded,
}: {
  open: boolean;
  onClose: () => void;
  onAdded: () => void;
}) {
  const actId = useActId();
  const [name, setName] = useState('');
  const [others, setOthers] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async () => {
    const body = { name: name.trim(), aliases: namesIn(others) };
    const act = JSON.stringify(body);
    setBusy(true);
    try {
      await api('POST /landmarks', { body: { clientId: actId(act), ...body } });
      actId.forget(act);
      setName('');
      setOthers('');
      toast(`记下了：${body.name}`);
      onAdded();
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet open={open} title="加个地名" onClose={onClose}>
      <View className="landmark-form">
        <Field
          label="大伙儿咋叫"
          placeholder="像：老槐树底下"
          value={name}
          maxLength={20}
          onChange={setName}
          right={name ? <FieldButton icon="x" label="清掉" onTap={() => setName('')} /> : undefined}
        />
        <View className="mt12">
          <Field
            label="别的叫法"
            placeholder="别的叫法，空一格再写下一个"
            value={others}
            onChange={setOthers}
          />
        </View>
        <View className="mt16">
          <Button
            block
            busy={busy}
            busyLabel="正在记…"
            disabled={name.trim().length < 2}
            onTap={() => void add()}
          >
            记下
          </Button>
        </View>
      </View>
    </Sheet>
  );
}
