import type { ReactNode } from 'react';
import { Text, View } from '@tarojs/components';
import { back, navMetrics } from '../../platform';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

export interface NavProps {
  title: string;
  /** Beside the title: a role, a count. */
  sub?: string | undefined;
  /** A tile before the title: Avatar or DoorNumber. Not drawn in elder mode. */
  tile?: ReactNode;
  /** Second line. With `presence` a dot stands before it. */
  line?: string | undefined;
  presence?: 'online' | 'off' | undefined;
  /** Shows the back arrow; `true` goes back one page. */
  onBack?: (() => void) | true | undefined;
  /** Shows the call button. */
  onCall?: (() => void) | undefined;
  /** Other content at the right, before the capsule. */
  right?: ReactNode;
  /** A hairline below; off when something of the same colour follows. */
  hair?: boolean | undefined;
}

/** Our own navigation bar. In WeChat it lines up with the capsule and leaves its width clear. */
export function Nav({
  title,
  sub,
  tile,
  line,
  presence,
  onBack,
  onCall,
  right,
  hair = true,
}: NavProps) {
  const elder = useElder();
  const metrics = navMetrics();
  const goBack = onBack === true ? back : onBack;
  return (
    <View
      className={cx('nav', hair && 'hair')}
      style={metrics.top ? { paddingTop: `${metrics.top}px` } : {}}
    >
      <View
        className="nav-row"
        style={{
          ...(metrics.height && !elder ? { height: `${metrics.height}px` } : {}),
          ...(metrics.right ? { paddingRight: `${metrics.right}px` } : {}),
        }}
      >
        {goBack ? (
          <Tap className="nav-back" onTap={goBack} label="返回">
            <Icon name="back" size={elder ? 32 : 24} />
          </Tap>
        ) : (
          <View className="nav-start" />
        )}
        {!elder && tile}
        <View className={cx('f1', tile && !elder ? 'ml8' : undefined)}>
          <View className="row">
            <Text className="nav-title ell">{title}</Text>
            {sub && !elder && (
              <Text className={cx('nav-sub num nw', line ? 'cap ml6' : 'sub ml8')}>{sub}</Text>
            )}
          </View>
          {line && !elder && (
            <View className="row cap c3">
              {presence && <View className={cx('dot', presence === 'off' && 'dot-off')} />}
              <Text className={cx('ell', presence && 'ml4')}>{line}</Text>
            </View>
          )}
        </View>
        {right}
        {onCall && (
          <Tap className={elder ? 'nav-call-elder' : 'nav-call'} onTap={onCall} label="打电话">
            <Icon name="phone" tone="door" />
            {elder && <Text className="ml6">电话</Text>}
          </Tap>
        )}
      </View>
    </View>
  );
}
