import { Text, View } from '@tarojs/components';
import type { ArticleDraft, ArticleFields } from '@alley-chief/shared/contract';
import { Field, ListRow, Section, SwitchRow, TextField } from '../../../components/Form';
import type { Choosing } from './ChoiceSheet';

/** The fields of an article, in the order somebody writes them. */
export function ArticleForm({
  draft,
  fields,
  onChange,
  onChoose,
}: {
  draft: ArticleDraft;
  fields: ArticleFields;
  onChange: (fields: ArticleFields) => void;
  onChoose: (choosing: Choosing) => void;
}) {
  const set = <K extends keyof ArticleFields>(key: K, value: ArticleFields[K]): void =>
    onChange({ ...fields, [key]: value });
  const category = draft.categories.find((c) => c.code === fields.category);
  const region = draft.regions.find((r) => r.path === fields.region);
  const day = (key: 'sourceDate' | 'validFrom' | 'validTo', label: string) => (
    <View className="row mt8">
      <Text className="art-fact c2">{label}</Text>
      <View className="f1">
        <Field
          value={fields[key]}
          onChange={(value) => set(key, value)}
          label={label}
          placeholder="如 2026-01-31"
          maxLength={10}
        />
      </View>
    </View>
  );
  return (
    <>
      {draft.sentBack && (
        <View className="art-note mt12">
          <Text>
            {draft.sentBack.by}退回来了：{draft.sentBack.reason}
          </Text>
        </View>
      )}
      <Section title="标题" note="照大家问的写">
        <Field
          value={fields.title}
          onChange={(value) => set('title', value)}
          label="标题"
          placeholder="比如：老年证咋办"
          maxLength={40}
        />
      </Section>
      <View className="card mt12">
        <ListRow
          title="哪一类"
          note={category?.name ?? '选一个'}
          onTap={() =>
            onChoose({
              title: '哪一类',
              options: draft.categories.map((c) => ({ key: c.code, name: c.name })),
              on: fields.category,
              onPick: (code) => set('category', code),
            })
          }
        />
        <ListRow
          title="在哪儿管用"
          note={region?.name ?? (draft.regionName || '选一个')}
          onTap={() =>
            onChoose({
              title: '在哪儿管用',
              options: draft.regions.map((r) => ({ key: r.path, name: r.name })),
              on: fields.region,
              onPick: (path) => set('region', path),
            })
          }
        />
      </View>
      <Section title="正文" note="空一行分段，小同挑一段答">
        <TextField
          value={fields.body}
          onChange={(value) => set('body', value)}
          label="正文"
          placeholder="先用一段话说清楚，再分段说带啥、多久、谁能代办"
          maxLength={4000}
        />
      </Section>
      <Section title="大家会咋问" note="空格隔开">
        <TextField
          value={fields.words}
          onChange={(value) => set('words', value)}
          label="大家会咋问"
          placeholder="老年证 优待证 坐车免费"
          maxLength={1000}
        />
      </Section>
      <Section title="出处">
        <Field
          value={fields.source}
          onChange={(value) => set('source', value)}
          label="哪个文件、哪个单位"
          maxLength={80}
        />
        {day('sourceDate', '出处日期')}
      </Section>
      <Section title="管用的日子" note="不写就一直管用">
        {day('validFrom', '从哪天起')}
        {day('validTo', '到哪天止')}
        <View className="card mt12 art-pad">
          <SwitchRow
            label="这是样例，还没换成本市的文件"
            on={fields.sample}
            onChange={(on) => set('sample', on)}
          />
        </View>
      </Section>
    </>
  );
}
