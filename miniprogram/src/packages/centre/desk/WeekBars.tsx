import { Text, View } from '@tarojs/components';
import { aria } from '../../../components/Tap';
import { size } from '../../../platform';
import type { Summary } from './Headline';

/** Height of the tallest bar, in design px at 750. */
const tallest = 80;

/** 周四 → 四 */
const shortDay = (weekday: string): string => weekday.replace(/^(周|星期)/, '');

/** Seven pairs of bars, collected and closed; plain Views, starting at zero. */
export function WeekBars({ days }: { days: Summary['days'] }) {
  const most = Math.max(1, ...days.flatMap((day) => [day.collected, day.closed]));
  const height = (n: number) => size(n > 0 ? Math.max(4, Math.round((n / most) * tallest)) : 2);
  const spoken = days
    .map((day) => `${day.weekday}收集 ${day.collected}，办结 ${day.closed}`)
    .join('；');
  return (
    <View className="week" {...aria('img', `近 7 天：${spoken}`)}>
      <View className="row week-key">
        <Text className="f1">近 7 天</Text>
        <View className="week-dot week-in" />
        <Text className="week-word">收集</Text>
        <View className="week-dot week-out" />
        <Text className="week-word week-last">办结</Text>
      </View>
      <View className="week-days">
        {days.map((day) => (
          <View key={day.date} className="week-day">
            <View className="week-pair">
              <View className="week-bar week-in" style={{ height: height(day.collected) }} />
              <View className="week-bar week-out" style={{ height: height(day.closed) }} />
            </View>
            <Text className="week-name">{shortDay(day.weekday)}</Text>
          </View>
        ))}
      </View>
    </View>
  );
}
