import { Text, View } from '@tarojs/components';
import { Button } from '../../components/Button';
import type { Pages } from './usePages';

/** The foot of a list: more comes by scrolling, this says so and can be pressed when scrolling did not do it. */
export function MoreRows({
  list,
}: {
  list: Pick<Pages<never>, 'hasMore' | 'loadingMore' | 'loadMore'>;
}) {
  if (!list.hasMore) return null;
  return (
    <View className="row center mt12">
      {list.loadingMore ? (
        <Text className="sub c3">正在拿…</Text>
      ) : (
        <Button kind="text" small onTap={list.loadMore}>
          再看一些
        </Button>
      )}
    </View>
  );
}
