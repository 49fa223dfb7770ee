import { useEffect, useState } from 'react';
import { View } from '@tarojs/components';
import type { ArticleFields } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { back, pageParams, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useMe } from '../../../stores';
import { useActId } from '../../staff/useActId';
import { ArticleForm } from './Form';
import { ChoiceSheet, type Choosing } from './ChoiceSheet';
import { Preview } from './Preview';
import '../index.scss';

/** Writing one article, with what 小同 would make of it beside. */
export default function ArticleEdit() {
  const me = useMe();
  const [id] = useState(() => pageParams().id ?? '');
  const [fields, setFields] = useState<ArticleFields>();
  const [choosing, setChoosing] = useState<Choosing>();
  const [busy, setBusy] = useState<'save' | 'submit'>();
  const actId = useActId();
  const draft = useLoad(me ? `edit:${id}` : '', () =>
    api('GET /articles/:id/draft', { params: { id } }),
  );
  const { data } = draft;
  // What was typed is never overwritten by a later reading.
  useEffect(() => data && setFields((mine) => mine ?? data.fields), [data]);
  const may = data?.actions.some((one) => one.action === 'edit');

  const send = async (submit: boolean) => {
    if (!data || !fields) return;
    setBusy(submit ? 'submit' : 'save');
    const key = `save:${data.rev}:${JSON.stringify(fields)}`;
    try {
      const saved = await api('PUT /articles/:id', {
        params: { id },
        body: { clientId: actId(key), rev: data.rev, fields },
      });
      draft.put(saved);
      if (!submit) return toast('存好了');
      draft.put(
        await api('POST /articles/:id/actions', {
          params: { id },
          body: { clientId: actId(`submit:${saved.rev}`), rev: saved.rev, action: 'submit' },
        }),
      );
      toast('送审了，等别人看过就发布');
      back();
    } catch (error) {
      const { code, message } = problemOf(error);
      toast(code === 'conflict' ? '别人刚改过这一篇，退出去看看最新的' : message);
    } finally {
      setBusy(undefined);
    }
  };

  return (
    <Page
      nav={<Nav title="写一篇" onBack />}
      banner={<NetBanner />}
      foot={
        may && (
          <FootBar>
            <View className="row art-foot">
              <Button
                kind="outline"
                grow
                busy={busy === 'save'}
                busyLabel="正在存…"
                onTap={() => void send(false)}
              >
                先存着
              </Button>
              <View className="art-gap" />
              <Button
                grow
                busy={busy === 'submit'}
                busyLabel="正在送…"
                onTap={() => void send(true)}
              >
                送审
              </Button>
            </View>
          </FootBar>
        )
      }
      overlay={<ChoiceSheet choosing={choosing} onClose={() => setChoosing(undefined)} />}
      gutter
    >
      {data && fields && may ? (
        <>
          <ArticleForm draft={data} fields={fields} onChange={setFields} onChoose={setChoosing} />
          <Preview id={id} fields={fields} first={data.question} />
          <View className="art-end" />
        </>
      ) : data && !may ? (
        <Problem
          error={{ code: 'forbidden', message: '这一篇正在审，或者不归您写' }}
          onRetry={draft.reload}
        />
      ) : draft.error ? (
        <Problem error={draft.error} onRetry={draft.reload} />
      ) : (
        <Skeleton kind="cards" count={3} />
      )}
    </Page>
  );
}
