import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { ArticleDraft, BodyIn, CardAction } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { Button, kindOfAction } from '../../../components/Button';
import { Section, TextField } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Sheet } from '../../../components/Sheet';
import { Skeleton } from '../../../components/Skeleton';
import { Tag } from '../../../components/Tag';
import { dateWords } from '../../../format';
import { confirm, go, pageParams, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useShown } from '../useShown';
import { pages, useMe } from '../../../stores';
import { useActId } from '../../staff/useActId';
import '../index.scss';

type Step = BodyIn<'POST /articles/:id/actions'>['action'];
const done: Record<Step, string> = {
  submit: '送审了，等别人看过就发布',
  publish: '发布了，小同现在就照这个答',
  sendBack: '退回去了',
  withdraw: '撤下了',
};

/** One article as it would be published, what became of it, and the step it waits for. */
export default function ArticleReview() {
  const me = useMe();
  const [id] = useState(() => pageParams().id ?? '');
  const [busy, setBusy] = useState<string>();
  const [reasonFor, setReasonFor] = useState<CardAction>();
  const [reason, setReason] = useState('');
  const actId = useActId();
  const draft = useLoad(me ? `draft:${id}` : '', () =>
    api('GET /articles/:id/draft', { params: { id } }),
  );
  const { data } = draft;
  useShown(draft.reload);

  const step = async (action: Step, why?: string) => {
    if (!data) return;
    const key = `${action}:${data.rev}`;
    setBusy(action);
    try {
      draft.put(
        await api('POST /articles/:id/actions', {
          params: { id },
          body: { clientId: actId(key), rev: data.rev, action, ...(why && { reason: why }) },
        }),
      );
      setReasonFor(undefined);
      toast(done[action]);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.retryable) actId.forget(key);
      if (problem.code === 'conflict') draft.reload();
      toast(problem.message);
    } finally {
      setBusy(undefined);
    }
  };
  const press = async (action: CardAction) => {
    if (action.action === 'edit') return go(pages.articleEdit, { id });
    if (action.needs.length) {
      setReason('');
      return setReasonFor(action);
    }
    if (action.action === 'withdraw') {
      const question = { title: '这一篇不用了？', text: '小同不再照它答', yes: '对，撤下' };
      if (!(await confirm(question))) return;
    }
    await step(action.action as Step);
  };

  return (
    <Page
      nav={<Nav title="看一篇" onBack />}
      banner={<NetBanner reading />}
      foot={
        data && data.actions.length > 0 ? (
          <FootBar>
            <View className="row art-foot">
              {data.actions.map((action, i) => (
                <View key={action.action} className={i > 0 ? 'f1 ml12' : 'f1'}>
                  <Button
                    block
                    kind={kindOfAction[action.style]}
                    busy={busy === action.action}
                    busyLabel="正在办…"
                    onTap={() => void press(action)}
                  >
                    {action.label}
                  </Button>
                </View>
              ))}
            </View>
          </FootBar>
        ) : undefined
      }
      overlay={
        <Sheet
          open={!!reasonFor}
          title="为啥退回去"
          onClose={() => setReasonFor(undefined)}
          foot={
            <Button
              block
              disabled={!reason.trim()}
              busy={!!busy}
              busyLabel="正在退…"
              onTap={() => void step('sendBack', reason.trim())}
            >
              退回去
            </Button>
          }
        >
          <TextField
            value={reason}
            onChange={setReason}
            label="哪儿要改，说清楚"
            placeholder="比如：截止日期不对，看看文件第三条"
            maxLength={300}
          />
        </Sheet>
      }
      gutter
    >
      {data ? (
        <>
          <Body draft={data} />
          <History draft={data} />
          <View className="art-end" />
        </>
      ) : draft.error ? (
        <Problem error={draft.error} onRetry={draft.reload} />
      ) : (
        <Skeleton kind="cards" count={2} />
      )}
    </Page>
  );
}

function Body({ draft }: { draft: ArticleDraft }) {
  const { fields: f, live } = draft;
  const days = [f.validFrom && `从 ${f.validFrom}`, f.validTo && `到 ${f.validTo}`];
  const facts = [
    ['出处', [f.source, f.sourceDate].filter(Boolean).join('，')],
    ['管用的日子', days.filter(Boolean).join(' ')],
    ['大家会咋问', f.words],
  ] as const;
  return (
    <>
      {draft.sentBack && (
        <View className="art-note mt12">
          <Text>
            {draft.sentBack.by}退回来了：{draft.sentBack.reason}
          </Text>
        </View>
      )}
      {draft.question && (
        <View className="art-note mt12">
          <Text>为这个问题写的：{draft.question}</Text>
        </View>
      )}
      <View className="card card-p mt12">
        <View className="row-t">
          <Text className="h1 f1">{draft.title}</Text>
          <Tag {...draft.status} className="ml8" />
        </View>
        <View className="sub c2 mt4">
          <Text>
            {[draft.categoryName, draft.regionName, f.sample ? '样例' : '']
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </View>
        <View className="mt12">
          <Text className="txt pre" userSelect>
            {f.body.trim() || '还没写正文'}
          </Text>
        </View>
      </View>
      <View className="card card-p mt12">
        {facts.map(([name, value], i) => (
          <View key={name} className={i > 0 ? 'row-t mt8' : 'row-t'}>
            <Text className="c3 art-fact">{name}</Text>
            <Text className="f1 num">{value || '没写'}</Text>
          </View>
        ))}
      </View>
      {live && (
        <Section title="小同眼下照着答的" note={live.title}>
          <View className="card card-p">
            <Text className="txt pre c2">{live.body.trim()}</Text>
          </View>
        </Section>
      )}
      {draft.problems.length > 0 && (
        <Section title="送审前要改的">
          <View className="card card-p">
            {draft.problems.map((p, i) => (
              <View key={i} className={i > 0 ? 'mt8' : ''}>
                <Text className="art-bad">
                  {p.line ? `正文第 ${p.line} 行：` : ''}
                  {p.message}
                </Text>
              </View>
            ))}
          </View>
        </Section>
      )}
    </>
  );
}

function History({ draft }: { draft: ArticleDraft }) {
  return (
    <Section title="谁动过" note={draft.version > 0 ? `发布过 ${draft.version} 版` : '还没发布过'}>
      <View className="card card-p">
        {draft.history.map((one, i) => (
          <View key={i} className={i > 0 ? 'mt12' : ''}>
            <View className="row">
              <Text className="f1">
                {one.by} {one.what}
              </Text>
              <Text className="cap c3 num">{dateWords(Date.parse(one.at))}</Text>
            </View>
            {one.note && (
              <View className="sub c2">
                <Text>{one.note}</Text>
              </View>
            )}
          </View>
        ))}
      </View>
    </Section>
  );
}
