import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { ArticlePage } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/Form';
import { Nav } from '../../../components/Nav';
import { Page } from '../../../components/Page';
import { Skeleton } from '../../../components/Skeleton';
import { Tag } from '../../../components/Tag';
import { pageParams, toast } from '../../../platform';
import { NetBanner } from '../../../shell/NetBanner';
import { Problem } from '../../../shell/Problem';
import { useLoad } from '../../../shell/useLoad';
import { useMe } from '../../../stores';
import { useActId } from '../../staff/useActId';
import '../index.scss';

/** The whole of what 小同 quoted from, who says it, and until when it holds. */
export default function ArticleRead() {
  const me = useMe();
  const [id] = useState(() => pageParams().id ?? '');
  const page = useLoad(me ? `article:${id}` : '', () =>
    api('GET /articles/:id', { params: { id } }),
  );
  const { data } = page;
  return (
    <Page elder={me?.elderMode} nav={<Nav title="政策问答" onBack />} banner={<NetBanner />} gutter>
      {data ? (
        <>
          <View className="card card-p mt12">
            <View className="h1">
              <Text>{data.title}</Text>
            </View>
            <View className="row mt8">
              <Tag {...data.status} />
              <Text className="sub c2 ml8">
                {data.categoryName} · {data.regionName}
              </Text>
            </View>
            {!data.valid && (
              <View className="art-note mt12">
                <Text>这一条现在不作数了，别照着办。要问清楚，在对话里说一声。</Text>
              </View>
            )}
            {data.paragraphs.map((text, i) => (
              <View key={i} className="mt12">
                <Text className="txt pre" userSelect>
                  {text}
                </Text>
              </View>
            ))}
          </View>
          <Source page={data} />
          {data.paragraphs.length > 0 && <Feedback page={data} onDone={page.put} />}
          <View className="art-end" />
        </>
      ) : page.error ? (
        <Problem error={page.error} onRetry={page.reload} />
      ) : (
        <Skeleton kind="cards" count={2} />
      )}
    </Page>
  );
}

function Source({ page }: { page: ArticlePage }) {
  const facts = [
    ['出处', page.source],
    ['出处日期', page.sourceDate],
    ['从哪天起', page.validFrom],
    ['到哪天止', page.validTo ?? '没写截止日期'],
  ] as const;
  return (
    <View className="card card-p mt12">
      {facts.map(([name, value], i) =>
        value ? (
          <View key={name} className={i > 0 ? 'row-t mt8' : 'row-t'}>
            <Text className="c3 art-fact">{name}</Text>
            <Text className="f1 num">{value}</Text>
          </View>
        ) : null,
      )}
      {page.sample && (
        <View className="art-note mt12">
          <Text>这是样例，还没换成本市的文件，以当地文件为准。</Text>
        </View>
      )}
    </View>
  );
}

/** Useful or not; what was missing goes to those who write. */
function Feedback({ page, onDone }: { page: ArticlePage; onDone: (page: ArticlePage) => void }) {
  const [asking, setAsking] = useState(false);
  const [question, setQuestion] = useState('');
  const [busy, setBusy] = useState<boolean>();
  const actId = useActId();
  const send = async (useful: boolean, asked = '') => {
    const act = `${useful}:${asked}`;
    setBusy(useful);
    try {
      onDone(
        await api('POST /articles/:id/feedback', {
          params: { id: page.id },
          body: { clientId: actId(act), useful, ...(asked && { question: asked }) },
        }),
      );
      actId.forget(act);
      setAsking(false);
      toast(useful ? '谢谢您' : asked ? '记下了，会有人来写' : '记下了');
    } catch (error) {
      toast(problemOf(error).message);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <View className="card card-p mt12">
      <View className="sec">
        <Text>
          {page.useful === undefined
            ? '这一条有用没？'
            : page.useful
              ? '您说有用，谢谢'
              : '您说没用，我们接着改'}
        </Text>
      </View>
      {asking ? (
        <>
          <View className="mt12">
            <TextField
              value={question}
              onChange={setQuestion}
              label="您想问的，这里没说的是啥"
              maxLength={200}
            />
          </View>
          <View className="row mt12">
            <Button kind="mute" onTap={() => setAsking(false)}>
              算了
            </Button>
            <View className="art-gap" />
            <Button
              grow
              busy={busy === false}
              busyLabel="正在发…"
              onTap={() => void send(false, question.trim())}
            >
              发出去
            </Button>
          </View>
        </>
      ) : (
        <View className="row mt12">
          <Button
            kind={page.useful ? 'tint' : 'outline'}
            grow
            busy={busy === true}
            busyLabel="正在发…"
            onTap={() => void send(true)}
          >
            有用
          </Button>
          <View className="art-gap" />
          <Button
            kind={page.useful === false ? 'tint' : 'outline'}
            grow
            onTap={() => setAsking(true)}
          >
            没用
          </Button>
        </View>
      )}
    </View>
  );
}
