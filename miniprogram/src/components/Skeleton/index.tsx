import { View } from '@tarojs/components';
import { cx } from '../classes';
import { aria } from '../Tap';
import './index.scss';

export interface SkeletonProps {
  kind?: 'thread' | 'list' | 'cards' | undefined;
  /** How many rows or cards. */
  count?: number | undefined;
}

/** The shape of what is coming, while it is fetched for the first time. */
export function Skeleton({ kind = 'cards', count = 3 }: SkeletonProps) {
  return (
    <View {...aria('status', '正在打开')}>
      {Array.from({ length: count }, (_, i) =>
        kind === 'thread' ? (
          <View key={i} className={cx('sk-msg', i % 2 === 1 && 'sk-msg-me')}>
            <View className="sk sk-bubble" />
          </View>
        ) : kind === 'list' ? (
          <View key={i} className="sk-row row">
            <View className="sk sk-tile" />
            <View className="f1 ml12">
              <View className="sk sk-line sk-short" />
              <View className="sk sk-line mt8" />
            </View>
          </View>
        ) : (
          <View key={i} className="card card-p mt12">
            <View className="sk sk-line sk-short" />
            <View className="sk sk-line mt12" />
            <View className="sk sk-brick mt12" />
          </View>
        ),
      )}
    </View>
  );
}
