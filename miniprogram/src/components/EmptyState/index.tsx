import { Image, Text, View } from '@tarojs/components';
import empty from '../../assets/pictures/empty.svg';
import error from '../../assets/pictures/error.svg';
import locked from '../../assets/pictures/locked.svg';
import offline from '../../assets/pictures/offline.svg';
import { Button } from '../Button';
import type { IconName } from '../Icon';
import { silent } from '../Tap';
import './index.scss';

const pictures = { empty, error, offline, locked };

export interface StateAction {
  label: string;
  icon?: IconName;
  onTap: () => void;
}

export interface EmptyStateProps {
  picture?: keyof typeof pictures | undefined;
  title: string;
  /** Two lines at most, broken where one pauses. */
  lines?: readonly string[] | undefined;
  action?: StateAction | undefined;
  /** Words without a box, below the button. */
  second?: StateAction | undefined;
  /** At the very bottom: 报修说这个号：E-4107. */
  footnote?: string | undefined;
}

/** Nothing here, no network, no permission: a line picture, what it means, one button. */
export function EmptyState({
  picture = 'empty',
  title,
  lines = [],
  action,
  second,
  footnote,
}: EmptyStateProps) {
  return (
    <View className="empty">
      <Image className="empty-art" src={pictures[picture]} mode="aspectFit" {...silent} />
      <View className="h1 tc mt16">
        <Text>{title}</Text>
      </View>
      {lines.map((line, i) => (
        <View key={line} className={i === 0 ? 'txt c2 tc mt8' : 'txt c2 tc'}>
          <Text>{line}</Text>
        </View>
      ))}
      {action && (
        <Button icon={action.icon} className="empty-go mt24" onTap={action.onTap}>
          {action.label}
        </Button>
      )}
      {second && (
        <Button kind="text" icon={second.icon} className="empty-go mt8" onTap={second.onTap}>
          {second.label}
        </Button>
      )}
      {footnote && (
        <View className="empty-note cap c3 num tc">
          <Text userSelect>{footnote}</Text>
        </View>
      )}
    </View>
  );
}
