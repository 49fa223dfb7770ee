import { Text, View } from '@tarojs/components';
import type { Plate } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import './index.scss';

export interface DoorPlateProps extends Plate {
  /** `md` in cards, `lg` on a ticket. Elder mode has one size. */
  size?: 'md' | 'lg' | undefined;
}

/** Where a matter is. Solid = a known place, outline = outside the viewer's own alley, brick = urgent household. */
export function DoorPlate({ text, tone, size = 'md' }: DoorPlateProps) {
  return (
    <View className={cx('plate', size === 'lg' && 'plate-lg', `plate-${tone}`)}>
      <Text>{text}</Text>
    </View>
  );
}

export interface DoorNumberProps {
  /** A house number, e.g. "7 号". */
  text: string;
  tone?: 'solid' | 'quiet' | 'brick' | undefined;
  /** The smaller one beside a name in the navigation bar. */
  inNav?: boolean | undefined;
}

/** A household in a list: its door plate is its picture. */
export function DoorNumber({ text, tone = 'solid', inNav }: DoorNumberProps) {
  return (
    <View className={cx('door-no', `door-no-${tone}`, inNav && 'door-no-nav')}>
      <Text>{text}</Text>
    </View>
  );
}
