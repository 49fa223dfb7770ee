import { Text, View } from '@tarojs/components';
import { Icon } from '../Icon';
import { aria } from '../Tap';
import './index.scss';

export interface OfflineBannerProps {
  /** Messages stored until the network is back; 0 shows the sentence alone. */
  waiting: number;
  /** `reconnecting`: there is network, but the line to the server is not up yet. */
  state?: 'offline' | 'reconnecting' | undefined;
  /** A page to look at rather than to speak on: what it shows may be old. */
  reading?: boolean | undefined;
}

/** Below the navigation bar while not connected. Goes away by itself. */
export function OfflineBanner({ waiting, state = 'offline', reading }: OfflineBannerProps) {
  const words =
    state === 'reconnecting'
      ? '正在接上…'
      : waiting > 0
        ? '网络不稳，已存下，连上就发'
        : reading
          ? '网络不稳，看到的是刚才的'
          : '网络不稳，您只管说，连上就发';
  return (
    <View className="banner row" {...aria('status', words)}>
      <Icon name="nowifi" size={20} tone="wheat-ink" />
      <Text className="ml8 f1 b">{words}</Text>
      {waiting > 0 && <Text className="num nw">{waiting} 条</Text>}
    </View>
  );
}
