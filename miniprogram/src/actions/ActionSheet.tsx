import { useState } from 'react';
import { Text, View } from '@tarojs/components';
import type { Card, CardAction } from '@alley-chief/shared/contract';
import { api } from '../api';
import { Button } from '../components/Button';
import { OptionRow, TextField } from '../components/Form';
import { Sheet } from '../components/Sheet';
import { Skeleton } from '../components/Skeleton';
import { Stars } from '../components/Stars';
import { useLoad } from '../shell/useLoad';
import { CategoryChips } from './CategoryChips';
import { PhotoField } from './PhotoField';
import type { Given, Need } from './target';

export interface ActionSheetProps {
  card: Card;
  action: CardAction;
  needs: Need[];
  busy: boolean;
  onClose: () => void;
  onSubmit: (given: Given) => void;
}

/** What a text is for, in the words of the one who writes it. */
const textLabels: Partial<Record<string, string>> = {
  askBack: '想问什么',
  answerBack: '回他一句',
  note: '办到哪一步了',
  passUp: '为什么往上报',
  reassign: '为什么改派',
  reclassify: '为什么不是这一类',
  reopen: '哪儿没办好',
  resolve: '办成了什么样',
  split: '哪儿不一样',
};

/** Asks for what an action needs before it is sent: words, photos, stars, a person, a category. */
export function ActionSheet({ card, action, needs, busy, onClose, onSubmit }: ActionSheetProps) {
  const [given, setGiven] = useState<Given>({});
  const [uploading, setUploading] = useState(false);
  const put = (more: Given) => setGiven((before) => ({ ...before, ...more }));
  const wordy = needs.some((need) => need === 'text' || need === 'reason' || need === 'result');
  const photos = needs.includes('photo') || needs.includes('result');
  const ready =
    !busy &&
    !uploading &&
    (!wordy || !!given.text?.trim()) &&
    (!needs.includes('photo') || !!given.fileIds?.length) &&
    (!needs.includes('stars') || !!given.stars) &&
    (!needs.includes('person') || !!given.personId) &&
    (!needs.includes('category') || !!given.category);
  const label = textLabels[action.action] ?? '说一句';

  return (
    <Sheet
      open
      title={action.label}
      onClose={onClose}
      foot={
        <Button block disabled={!ready && !busy} busy={busy} onTap={() => onSubmit(given)}>
          {action.label}
        </Button>
      }
    >
      {needs.includes('category') && card.type === 'case' && (
        <Categories
          card={card}
          chosen={given.category}
          onChoose={(category) => put({ category })}
        />
      )}
      {needs.includes('person') && (
        <People
          caseId={card.id}
          chosen={given.personId}
          onChoose={(personId) => put({ personId })}
        />
      )}
      {needs.includes('stars') && (
        <View className="mt8">
          <Stars value={given.stars ?? 0} onChange={(stars) => put({ stars })} />
        </View>
      )}
      {wordy && (
        <View className="mt16">
          <View className="sec">
            <Text>{label}</Text>
          </View>
          <View className="mt8">
            <TextField
              label={label}
              placeholder={placeholders[action.action] ?? '写一句就行'}
              value={given.text ?? ''}
              onChange={(text) => put({ text })}
            />
          </View>
        </View>
      )}
      {photos && (
        <View className="mt16">
          <PhotoField
            required={needs.includes('photo')}
            onBusy={setUploading}
            onChange={(fileIds) => put({ fileIds })}
          />
        </View>
      )}
    </Sheet>
  );
}

const placeholders: Partial<Record<string, string>> = {
  resolve: '比如：灯换好了，晚上试过',
  reopen: '比如：亮了一会儿又灭了',
  split: '比如：别家都来电了，就这户没有',
  passUp: '比如：要动电线杆，我们够不着',
  reclassify: '比如：是家里停电，不是路灯',
};

interface ChoiceProps {
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function Categories({
  card,
  chosen,
  onChoose,
}: ChoiceProps & { card: Extract<Card, { type: 'case' }> }) {
  const candidates = card.uncertain?.candidates ?? [];
  return (
    <View>
      <View className="sec">
        <Text>归哪一类</Text>
      </View>
      {candidates.map((one) => (
        <OptionRow
          key={one.category}
          title={one.label}
          line={`小同听着有 ${one.percent}% 像`}
          on={chosen === one.category}
          onTap={() => onChoose(one.category)}
        />
      ))}
      <CategoryChips on={chosen} onPick={onChoose} />
    </View>
  );
}

function People({ caseId, chosen, onChoose }: ChoiceProps & { caseId: string }) {
  const { data, loading, error } = useLoad(`people:${caseId}`, () =>
    api('GET /cases/:id', { params: { id: caseId } }),
  );
  return (
    <View>
      <View className="sec">
        <Text>交给谁</Text>
      </View>
      {loading && <Skeleton kind="list" count={2} />}
      {error && !data && <Text className="sub cb">{error.message}</Text>}
      {data && !data.candidates.length && (
        <Text className="sub c2">这会儿没有别人能接，过一会儿再看看。</Text>
      )}
      {data?.candidates.map((one) => (
        <OptionRow
          key={one.id}
          title={[one.title, one.name].filter(Boolean).join(' ')}
          line={one.why}
          on={chosen === one.id}
          onTap={() => onChoose(one.id)}
        />
      ))}
    </View>
  );
}
