import { Text, View } from '@tarojs/components';
import type { PersonTile } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { silent } from '../Tap';
import './index.scss';

export interface AvatarProps {
  person: Pick<PersonTile, 'surname' | 'tone'>;
  size?: 32 | 38 | 44 | 56 | undefined;
}

/** A person: the surname on a tile, the colour says what they are. 小同 is an outlined gate. */
export function Avatar({ person, size = 38 }: AvatarProps) {
  return (
    <View className={cx('av', `av-${size}`, `av-${person.tone}`)} {...silent}>
      {person.tone === 'bot' ? (
        <Icon name="logo" tone="door" size={size === 32 ? 20 : size === 56 ? 32 : 24} />
      ) : (
        <Text>{person.surname}</Text>
      )}
    </View>
  );
}

/** A matter's category: its icon on the pale door tile. */
export function IconTile({ icon, size = 44 }: { icon: IconName; size?: 44 | 56 | undefined }) {
  return (
    <View className={cx('av', `av-${size}`, 'av-volunteer')} {...silent}>
      <Icon name={icon} tone="door" size={size === 56 ? 28 : 24} />
    </View>
  );
}
