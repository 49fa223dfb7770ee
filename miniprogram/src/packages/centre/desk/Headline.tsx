import { Text, View } from '@tarojs/components';
import type { Reply } from '@alley-chief/shared/contract';
import { cx } from '../../../components/classes';
import { percent, thousands } from '../../staff/queue';
import { WeekBars } from './WeekBars';

export type Summary = Reply<'GET /desk/summary'>;

interface Figure {
  label: string;
  value: string;
  /** Smaller, behind the number. */
  unit?: string;
  sub: string;
  hot?: boolean;
}

/** The five figures of the own ground, as the server counted them just now. */
export function figuresOf(s: Summary): Figure[] {
  const share = percent(s.closed, s.collected);
  return [
    {
      label: '收集',
      value: thousands(s.collected),
      sub: `本周 +${thousands(s.collectedThisWeek)}`,
    },
    { label: '办结', value: thousands(s.closed), sub: `本周 +${thousands(s.closedThisWeek)}` },
    {
      label: '化解率',
      value: share ?? '—',
      ...(share && { unit: '%' }),
      sub: '办结占收集',
    },
    { label: '在办', value: thousands(s.open), sub: `今天到点 ${thousands(s.dueToday)}` },
    {
      label: '超时',
      value: thousands(s.overdue),
      sub: s.overdue > 0 ? '先办这些' : '都按时',
      hot: s.overdue > 0,
    },
  ];
}

/** Headline numbers lying on the wall, hairlines between, and the last seven days beside them. */
export function Headline({ summary }: { summary: Summary | undefined }) {
  if (!summary) return <View className="nums" />;
  return (
    <View className="nums">
      {figuresOf(summary).map((figure) => (
        <View key={figure.label} className="fig">
          <View className="fig-label">
            <Text>{figure.label}</Text>
          </View>
          <View className={cx('fig-value num', figure.hot && 'cb')}>
            <Text>{figure.value}</Text>
            {figure.unit && <Text className="fig-unit">{figure.unit}</Text>}
          </View>
          <View className="fig-sub num">
            <Text>{figure.sub}</Text>
          </View>
        </View>
      ))}
      <View className="f1" />
      <WeekBars days={summary.days} />
    </View>
  );
}
