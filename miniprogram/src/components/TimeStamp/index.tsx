import { Text, View } from '@tarojs/components';
import './index.scss';

/** A line of time, or of what changed, at the centre of the thread: 今天 18:01, 18:04 小同找到人了. */
export function TimeStamp({ text }: { text: string }) {
  return (
    <View className="stamp">
      <Text>{text}</Text>
    </View>
  );
}
