import { useState } from 'react';
import { View } from '@tarojs/components';
import { api, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Field, FieldButton, Tabs } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { FootBar, Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { go, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { pages, useMe } from '../../../stores';
import { FilterChips } from '../../staff/FilterChips';
import { MoreRows } from '../../staff/MoreRows';
import { useActId } from '../../staff/useActId';
import { useRested } from '../../staff/useLater';
import { usePages } from '../../staff/usePages';
import { ArticleLine, QuestionLine } from './rows';
import '../index.scss';

type State = 'draft' | 'inReview' | 'sentBack' | 'published' | 'withdrawn' | 'expired';
const states: { key: State; label: string }[] = [
  { key: 'inReview', label: '等审' },
  { key: 'sentBack', label: '退回来的' },
  { key: 'draft', label: '草稿' },
  { key: 'published', label: '在用' },
  { key: 'expired', label: '过期的' },
  { key: 'withdrawn', label: '撤下的' },
];
type Asked = 'open' | 'drafted' | 'answered' | 'dismissed';
const askedStates: { key: Asked; label: string }[] = [
  { key: 'open', label: '没人答' },
  { key: 'drafted', label: '正在写' },
  { key: 'answered', label: '写好了' },
  { key: 'dismissed', label: '不用答' },
];

/** What 小同 answers from, and what it could not answer. */
export default function Articles() {
  const me = useMe();
  const [tab, setTab] = useState('articles');
  const [state, setState] = useState<State>();
  const [asked, setAsked] = useState<Asked>('open');
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState<string>();
  const actId = useActId();
  const q = useRested(words.trim(), 400);

  const articles = usePages(me ? `articles:${state ?? ''}:${q}` : '', (page) =>
    api('GET /articles', { query: { ...page, ...(state && { state }), ...(q && { q }) } }),
  );
  const questions = usePages(me ? `questions:${asked}` : '', (page) =>
    api('GET /questions', { query: { ...page, state: asked } }),
  );

  const write = async (questionId?: string) => {
    const act = `write:${questionId ?? ''}`;
    setBusy(questionId ?? 'new');
    try {
      const { id } = await api('POST /articles', {
        body: { clientId: actId(act), ...(questionId && { questionId }) },
      });
      actId.forget(act);
      void articles.refresh();
      void questions.refresh();
      go(pages.articleEdit, { id });
    } catch (error) {
      actId.forget(act);
      toast(problemOf(error).message);
    } finally {
      setBusy(undefined);
    }
  };
  const act = async (id: string, action: 'dismiss' | 'reopen') => {
    const key = `${action}:${id}`;
    setBusy(id);
    try {
      await api('POST /questions/:id/actions', {
        params: { id },
        body: { clientId: actId(key), action },
      });
      actId.forget(key);
      await questions.refresh();
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setBusy(undefined);
    }
  };

  const asking = tab === 'questions';
  const list = asking ? questions : articles;
  return (
    <Page
      nav={<Nav title="政策问答" onBack hair={false} />}
      banner={
        <View className="bg-paper">
          <Tabs
            items={[
              { key: 'articles', label: '小同照着答的' },
              { key: 'questions', label: '没答上的', badge: questions.head?.counts['open'] },
            ]}
            current={tab}
            onChange={setTab}
          />
          {asking ? (
            <View className="art-chips">
              <FilterChips
                choices={askedStates.map((one) => ({
                  ...one,
                  count: questions.head?.counts[one.key],
                }))}
                on={asked}
                onPick={setAsked}
              />
            </View>
          ) : (
            <>
              <View className="art-find">
                <Field
                  value={words}
                  onChange={setWords}
                  label="找标题、说法、正文"
                  icon="search"
                  maxLength={50}
                  right={
                    words ? (
                      <FieldButton icon="x" label="清空" onTap={() => setWords('')} />
                    ) : undefined
                  }
                />
              </View>
              <FilterChips
                choices={states.map((one) => ({ ...one, count: articles.head?.counts[one.key] }))}
                on={state}
                onPick={(key) => setState(key === state ? undefined : key)}
              />
            </>
          )}
          <NetBanner reading />
        </View>
      }
      foot={
        <FootBar>
          <Button block busy={busy === 'new'} busyLabel="正在开一篇…" onTap={() => void write()}>
            写一篇
          </Button>
        </FootBar>
      }
      scrollProps={{ onScrollToLower: list.loadMore }}
      gutter
    >
      {list.loading ? (
        <Skeleton kind="list" count={6} />
      ) : list.error && !list.items.length ? (
        <Problem error={list.error} onRetry={() => void list.refresh()} />
      ) : asking ? (
        questions.items.map((one) => (
          <QuestionLine
            key={one.id}
            question={one}
            busy={busy === one.id}
            onAction={({ action, target }) => {
              if (action === 'draft') void write(one.id);
              else if (action === 'open:article') go(pages.articleReview, { id: target });
              else void act(one.id, action as 'dismiss');
            }}
          />
        ))
      ) : (
        articles.items.map((one) => (
          <ArticleLine
            key={one.id}
            article={one}
            onOpen={() => go(pages.articleReview, { id: one.id })}
          />
        ))
      )}
      {!list.loading && !list.error && !list.items.length && (
        <EmptyState
          title={asking ? '这里没有问题' : '没有这样的文章'}
          lines={[asking ? '小同答不上的，会记到这儿来。' : '换个说法找找，或者写一篇。']}
        />
      )}
      <MoreRows list={list} />
      <View className="art-end" />
    </Page>
  );
}
