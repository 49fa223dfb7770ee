import { Text, View } from '@tarojs/components';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { aria, Tap } from '../Tap';
import './index.scss';

export interface BottomNavItem {
  key: string;
  label: string;
  icon: IconName;
  /** Waiting for this person; never for news. */
  count?: number | undefined;
}

export interface BottomNavProps {
  /** Two to five; which ones depends on the role. */
  items: readonly BottomNavItem[];
  current: string;
  onGo: (key: string) => void;
}

/** The bottom navigation. Goes into Page's `foot`. */
export function BottomNav({ items, current, onGo }: BottomNavProps) {
  const elder = useElder();
  return (
    <View className="tabs-bottom" {...aria('tablist', '主菜单')}>
      {items.map((item) => {
        const on = item.key === current;
        return (
          <Tap
            key={item.key}
            className={cx('tb', on && 'tb-on')}
            role="tab"
            checked={on}
            label={item.count ? `${item.label}，${item.count} 件` : item.label}
            onTap={() => onGo(item.key)}
          >
            <View className="tb-icon">
              <Icon name={item.icon} size={elder ? 32 : 24} tone={on ? 'door' : 'ink-3'} />
              {!!item.count && (
                <View className="tb-count">
                  <Text>{item.count > 99 ? '99+' : item.count}</Text>
                </View>
              )}
            </View>
            <Text>{item.label}</Text>
          </Tap>
        );
      })}
    </View>
  );
}
