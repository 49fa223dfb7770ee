import { View } from '@tarojs/components';
import { QuestionChips } from '../../components/QuestionChips';
import './FilterChips.scss';

export interface FilterChoice {
  key: string;
  label: string;
  /** How many it would show; zero and unknown are left out. */
  count?: number | undefined;
}

/** A row of choices under the navigation bar, one of them on. */
export function FilterChips<K extends string>({
  choices,
  on,
  onPick,
}: {
  choices: readonly (FilterChoice & { key: K })[];
  on: K | undefined;
  onPick: (key: K) => void;
}) {
  const labelOf = (choice: FilterChoice) =>
    choice.count ? `${choice.label} ${choice.count}` : choice.label;
  return (
    <View className="filter-chips hair bg-paper">
      <QuestionChips
        chips={choices.map((choice) => ({
          label: labelOf(choice),
          target: choice.key,
          on: choice.key === on,
        }))}
        onPick={(chip) => onPick(chip.target as K)}
      />
    </View>
  );
}
