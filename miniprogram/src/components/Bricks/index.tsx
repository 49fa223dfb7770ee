import { Text, View } from '@tarojs/components';
import type { Brick } from '@alley-chief/shared/contract';
import { progressOf } from '../../format';
import { cx } from '../classes';
import { useElder } from '../elder';
import { aria } from '../Tap';
import './index.scss';

export interface BricksProps {
  bricks: readonly Brick[];
  /** 6px without labels, for strips and lists. */
  mini?: boolean | undefined;
  /** What is promised, so that the elder sentence can say 正在修. */
  dueVerb?: string | undefined;
}

/**
 * The five bricks 发现·分办·处置·反馈·评价. In elder mode a sentence and thick bricks without labels;
 * screen readers get the sentence everywhere.
 */
export function Bricks({ bricks, mini, dueVerb }: BricksProps) {
  const elder = useElder();
  const progress = progressOf(bricks, dueVerb);
  const bare = mini || elder;
  return (
    <View>
      {elder && !mini && (
        <View className="txt bricks-say">
          <Text>一共 {progress.total} 步，到</Text>
          <Text className="b">第 {progress.step} 步</Text>
          <Text>：{progress.doing}</Text>
        </View>
      )}
      <View className={cx('bricks', bare && 'bricks-mini')} {...aria('img', progress.sentence)}>
        {bricks.map((brick) => (
          <View key={brick.key} className={cx('bk', `bk-${brick.state}`)}>
            <View className="bk-b">
              <View className="bk-f" />
            </View>
            {!bare && (
              <View className="bk-l">
                <Text>{brick.label}</Text>
              </View>
            )}
          </View>
        ))}
      </View>
    </View>
  );
}

/** How many of several things are ready, drawn as bricks: 备好 4 / 6. */
export function CountBricks({ done, total }: { done: number; total: number }) {
  return (
    <View className="bricks" {...aria('img', `备好 ${done} 样，一共 ${total} 样`)}>
      {Array.from({ length: total }, (_, i) => (
        <View key={i} className={cx('bk', i < done && 'bk-done')}>
          <View className="bk-b" />
        </View>
      ))}
    </View>
  );
}
