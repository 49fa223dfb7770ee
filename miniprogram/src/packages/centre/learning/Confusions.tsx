import { Text, View } from '@tarojs/components';
import type { LearningView } from '@alley-chief/shared/contract';
import { EmptyState } from '../../../components/EmptyState';
import { Icon } from '../../../components/Icon';

/** What was taken for what. */
export function Confusions({ rows }: { rows: LearningView['confusions'] }) {
  if (!rows.length) {
    return <EmptyState title="没有听混的" lines={['有人改了类别，这里会记下来。']} />;
  }
  return (
    <View className="card card-p">
      {rows.map((row, i) => (
        <View key={`${row.guessed}${row.was}`} className={i > 0 ? 'row mt12' : 'row'}>
          <Text className="c2">{row.guessed}</Text>
          <View className="ml8">
            <Icon name="next" size={18} tone="ink-3" />
          </View>
          <Text className="b f1 ml8">{row.was}</Text>
          <Text className="sub c2 num">{row.times} 次</Text>
        </View>
      ))}
    </View>
  );
}
