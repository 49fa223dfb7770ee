import { Text, View } from '@tarojs/components';
import type { ArticleRow, CardAction, UnansweredQuestion } from '@alley-chief/shared/contract';
import { Button, kindOfAction } from '../../../components/Button';
import { Tag } from '../../../components/Tag';
import { Tap } from '../../../components/Tap';

/** One article: what, how it stands, whose it is, what readers thought. */
export function ArticleLine({ article, onOpen }: { article: ArticleRow; onOpen: () => void }) {
  const { useful, useless } = article;
  const facts = [
    article.categoryName,
    article.regionName,
    article.sample ? '样例' : '',
    article.validTo ? `到 ${article.validTo}` : '',
  ];
  return (
    <Tap className="card card-p art-row" label={article.title} onTap={onOpen}>
      <View className="row">
        <Text className="f1 b">{article.title}</Text>
        <Tag {...article.status} className="ml8" />
      </View>
      <View className="sub c2 mt4">
        <Text>{facts.filter(Boolean).join(' · ')}</Text>
      </View>
      {useful + useless > 0 && (
        <View className="sub c3 mt4 num">
          <Text>
            有用 {useful} · 没用 {useless}
          </Text>
        </View>
      )}
    </Tap>
  );
}

/** One question, how often it came, and what may be done about it. */
export function QuestionLine({
  question,
  busy,
  onAction,
}: {
  question: UnansweredQuestion;
  busy: boolean;
  onAction: (action: CardAction) => void;
}) {
  const facts = [question.areaName, question.categoryName, `问过 ${question.count} 回`];
  return (
    <View className="card card-p art-row">
      <View className="row-t">
        <Text className="f1 b">{question.text}</Text>
        <Tag {...question.status} className="ml8" />
      </View>
      <View className="sub c2 mt4 num">
        <Text>{facts.filter(Boolean).join(' · ')}</Text>
      </View>
      {question.actions.length > 0 && (
        <View className="row mt12">
          {question.actions.map((action, i) => (
            <View key={action.action} className={i > 0 ? 'ml12' : ''}>
              <Button
                small
                kind={kindOfAction[action.style]}
                disabled={busy}
                onTap={() => onAction(action)}
              >
                {action.label}
              </Button>
            </View>
          ))}
        </View>
      )}
    </View>
  );
}
