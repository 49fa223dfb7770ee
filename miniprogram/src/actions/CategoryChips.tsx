import { Text, View } from '@tarojs/components';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- a plain table of names, no schema code
import { categories, categoryGroups } from '@alley-chief/shared/domain';
import { ChipWrap } from '../components/QuestionChips';

const unclear = 'other.unclear';

/** The name people read for a category. */
export const categoryName = (category: string): string =>
  (categories as Record<string, { name: string }>)[category]?.name ?? category;

export interface CategoryChipsProps {
  on: string | undefined;
  onPick: (category: string) => void;
}

/** The whole list of matters in its groups, without the one for what is unclear. */
export function CategoryChips({ on, onPick }: CategoryChipsProps) {
  const keys = Object.keys(categories).filter((key) => key !== unclear);
  return (
    <View className="mt8">
      {Object.entries(categoryGroups).map(([group, title]) => {
        const inGroup = keys.filter((key) => key.startsWith(`${group}.`));
        if (!inGroup.length) return null;
        return (
          <View key={group} className="mt12">
            <View className="cap c3">
              <Text>{title}</Text>
            </View>
            <View className="mt6">
              <ChipWrap
                chips={inGroup.map((key) => ({
                  label: categoryName(key),
                  target: key,
                  on: key === on,
                }))}
                onPick={(chip) => chip.target && onPick(chip.target)}
              />
            </View>
          </View>
        );
      })}
    </View>
  );
}
