import { Text, View } from '@tarojs/components';
import type { LearningView } from '@alley-chief/shared/contract';
import { EmptyState } from '../../../components/EmptyState';
import { aria } from '../../../components/Tap';
import { size } from '../../../platform';

/** Height of a week in which everything was heard right, in design px at 750. */
const tallest = 160;

const dayOf = (date: string): string => {
  const [, month, day] = date.split('-').map(Number);
  return `${month}.${day}`;
};

/** A bar a week: share of the settled guesses that were right. Weeks without any stay empty. */
export function Weeks({ weeks }: { weeks: LearningView['weeks'] }) {
  const settled = weeks.reduce((sum, week) => sum + week.settled, 0);
  const right = weeks.reduce((sum, week) => sum + week.right, 0);
  if (!settled) {
    return <EmptyState title="还没有办结的事" lines={['事办完了，才知道当初听得准不准。']} />;
  }
  const spoken = weeks
    .filter((week) => week.settled)
    .map((week) => `${week.from} 那周 ${week.settled} 件里准 ${week.right} 件`)
    .join('；');
  return (
    <View className="card card-p">
      <View className="row">
        <Text className="learn-share num">{percent(right, settled)}</Text>
        <Text className="sub c2 ml12 f1">
          {weeks.length} 周里定下来 {settled} 件，听准 {right} 件
        </Text>
      </View>
      <View className="learn-weeks mt12" {...aria('img', spoken)}>
        {weeks.map((week) => (
          <View key={week.from} className="learn-week">
            <View className="learn-track" style={{ height: size(tallest) }}>
              {week.settled > 0 && (
                <View
                  className="learn-bar"
                  style={{ height: size(Math.max(4, (week.right / week.settled) * tallest)) }}
                />
              )}
            </View>
          </View>
        ))}
      </View>
      <View className="row cap c3 num mt6">
        <Text className="f1">{dayOf(weeks[0]?.from ?? '')}</Text>
        <Text>{dayOf(weeks.at(-1)?.from ?? '')} 起的这周</Text>
      </View>
    </View>
  );
}

export const percent = (part: number, whole: number): string =>
  whole > 0 ? `${Math.round((part / whole) * 100)}%` : '—';
