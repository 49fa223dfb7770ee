import { useEffect, useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { ArticleFields, BodyIn, Reply } from '@alley-chief/shared/contract';
import { api, problemOf } from '../../../api';
import { AnswerCard } from '../../../components/AnswerCard';
import { Field, Section } from '../../../components/Form';
import { useNow } from '../../../shell/useNow';
import { useRested } from '../../staff/useLater';

type Shown = Reply<'POST /articles/preview'>;

/** What 小同 would say with this article published; follows the typing after a moment. */
export function Preview({
  id,
  fields,
  first,
}: {
  id: string;
  fields: ArticleFields;
  /** The question it is written for. */
  first: string | undefined;
}) {
  const now = useNow(60_000);
  const [question, setQuestion] = useState(first ?? '');
  const [shown, setShown] = useState<Shown>();
  const [failed, setFailed] = useState<string>();
  const asked = useRested(JSON.stringify({ id, fields, question }), 600);

  useEffect(() => {
    let stale = false;
    const body = JSON.parse(asked) as BodyIn<'POST /articles/preview'>;
    api('POST /articles/preview', { body }).then(
      (answer) => {
        if (stale) return;
        setShown(answer);
        setFailed(undefined);
      },
      (error: unknown) => !stale && setFailed(problemOf(error).message),
    );
    return () => {
      stale = true;
    };
  }, [asked]);

  return (
    <Section title="小同会咋答" note="边写边看">
      <Field
        value={question}
        onChange={setQuestion}
        label="试着问一句"
        icon="speak"
        maxLength={100}
      />
      <View className="mt12">
        <Outcome shown={shown} failed={failed} question={question} now={now} />
      </View>
    </Section>
  );
}

function Outcome({
  shown,
  failed,
  question,
  now,
}: {
  shown: Shown | undefined;
  failed: string | undefined;
  question: string;
  now: number;
}) {
  if (failed) return <Text className="sub c2">{failed}</Text>;
  if (!shown) return <Text className="sub c3">正在试…</Text>;
  if (shown.problems.length > 0) {
    return (
      <View className="card card-p">
        {shown.problems.map((p, i) => (
          <View key={i} className={i > 0 ? 'mt8' : ''}>
            <Text className="art-bad">
              {p.line ? `正文第 ${p.line} 行：` : ''}
              {p.message}
            </Text>
          </View>
        ))}
      </View>
    );
  }
  if (!shown.answer) {
    return (
      <View className="art-note">
        <Text>“{question}”这么问，小同不确定，会去找人。把这个说法写进“大家会咋问”。</Text>
      </View>
    );
  }
  return (
    <>
      {!shown.own && (
        <View className="art-note">
          <Text>这么问，小同会照另一篇答：</Text>
        </View>
      )}
      <View className="mt8">
        <AnswerCard card={{ ...shown.answer, actions: [] }} now={now} onAction={() => undefined} />
      </View>
    </>
  );
}
