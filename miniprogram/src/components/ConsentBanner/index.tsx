import { Text, View } from '@tarojs/components';
import { clockTime, dayDistance, epoch, stamp } from '../../format';
import { cx } from '../classes';
import { Icon } from '../Icon';
import { aria } from '../Tap';
import './index.scss';

export interface ConsentBannerProps {
  /** What was allowed: 缴医保. */
  scope: string;
  /** ISO: when it is taken back by itself. */
  until: string;
  /** How it was given: 08:36 亲口同意，录音已存. */
  proof: string;
  now: number;
}

const oneHour = 3_600_000;

/** 代办授权: what for, how proven, until when. Once ended, everything behind it locks. */
export function ConsentBanner({ scope, until, proof, now }: ConsentBannerProps) {
  const left = epoch(until) - now;
  const ended = left <= 0;
  const soon = !ended && left <= oneHour;
  // A consent that ends at midnight is over "today at 24:00", as people say it, not tomorrow at 00:00.
  const lastMoment = epoch(until) - 1;
  const today = dayDistance(lastMoment, now) === 0;
  const clock = clockTime(until) === '00:00' ? '24:00' : clockTime(until);
  const end = today ? clock : stamp(until, now);
  return (
    <View className={cx('consent row-t', ended && 'consent-over')} {...aria('status')}>
      <Icon name="shield" tone={ended ? 'ink-2' : 'wheat-ink'} />
      <View className="f1 ml12">
        <View className="b">
          <Text>
            {ended
              ? '授权到点了，已经收回'
              : soon
                ? `代办授权：仅限${scope}，快到点了`
                : `代办授权：仅限${scope}${today ? '，今天有效' : ''}`}
          </Text>
        </View>
        <View className="sub num">
          <Text>{ended ? '要接着办，请家里人再同意一次' : `${proof}，${end} 收回`}</Text>
        </View>
      </View>
    </View>
  );
}
