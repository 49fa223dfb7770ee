import { View } from '@tarojs/components';
import { useElder } from '../../components/elder';
import { ChipWrap, QuestionChips } from '../../components/QuestionChips';
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
  const elder = useElder();
  const chips = choices.map((choice) => ({
    label: labelOf(choice),
    target: choice.key,
    on: choice.key === on,
  }));
  const pick = (chip: { target?: string | undefined }) => onPick(chip.target as K);
  return (
    <View className="filter-chips hair bg-paper">
      {elder ? (
        // Nothing scrolls sideways here, and suggested replies stop at three.
        <View className="filter-wrap">
          <ChipWrap chips={chips} onPick={pick} />
        </View>
      ) : (
        <QuestionChips chips={chips} onPick={pick} />
      )}
    </View>
  );
}
