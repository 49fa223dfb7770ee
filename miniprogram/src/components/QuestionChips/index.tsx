import { ScrollView, Text, View } from '@tarojs/components';
import type { Chip } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

export interface ChipItem extends Chip {
  icon?: IconName | undefined;
  /** Stays chosen (filters, rating reasons). */
  on?: boolean | undefined;
}

export interface ChipsProps {
  chips: readonly ChipItem[];
  onPick: (chip: ChipItem) => void;
}

function ChipButton({
  chip,
  onPick,
  wide,
}: {
  chip: ChipItem;
  onPick: ChipsProps['onPick'];
  wide?: boolean;
}) {
  return (
    <Tap
      className={cx('chip', chip.on && 'chip-on', chip.emphasis && 'chip-em', wide && 'chip-wide')}
      checked={chip.on}
      label={chip.label}
      onTap={() => onPick(chip)}
    >
      {chip.icon && <Icon name={chip.icon} size={20} tone={chip.on ? 'on-dark' : 'door'} />}
      <Text className={chip.icon ? 'ml4' : ''}>{chip.label}</Text>
    </Tap>
  );
}

/** Suggested replies above the input bar: a row that scrolls sideways; stacked in elder mode. */
export function QuestionChips({ chips, onPick }: ChipsProps) {
  const elder = useElder();
  if (!chips.length) return null;
  if (elder) {
    return (
      <View className="chips-stack">
        {chips.slice(0, 3).map((chip) => (
          <ChipButton key={chip.label} chip={chip} onPick={onPick} wide />
        ))}
      </View>
    );
  }
  return (
    <ScrollView scrollX enhanced showScrollbar={false} className="chips">
      <View className="chips-in">
        {chips.map((chip) => (
          <ChipButton key={chip.label} chip={chip} onPick={onPick} />
        ))}
      </View>
    </ScrollView>
  );
}

/** Chips that wrap onto further lines: reasons, filters inside a card. */
export function ChipWrap({ chips, onPick }: ChipsProps) {
  return (
    <View className="chips-wrap">
      {chips.map((chip) => (
        <View key={chip.label} className="chips-cell">
          <ChipButton chip={chip} onPick={onPick} />
        </View>
      ))}
    </View>
  );
}
