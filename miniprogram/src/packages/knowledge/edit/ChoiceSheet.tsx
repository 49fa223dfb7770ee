import { View } from '@tarojs/components';
import { OptionRow } from '../../../components/Form';
import { Sheet } from '../../../components/Sheet';

/** One of a list, being chosen. */
export interface Choosing {
  title: string;
  options: readonly { key: string; name: string }[];
  on: string;
  onPick: (key: string) => void;
}

/** A list from below to choose one of. */
export function ChoiceSheet({
  choosing,
  onClose,
}: {
  choosing: Choosing | undefined;
  onClose: () => void;
}) {
  return (
    <Sheet open={!!choosing} title={choosing?.title ?? ''} onClose={onClose}>
      {choosing?.options.map(({ key, name }) => (
        <View key={key} className="mt8">
          <OptionRow
            title={name}
            on={key === choosing.on}
            onTap={() => {
              choosing.onPick(key);
              onClose();
            }}
          />
        </View>
      ))}
    </Sheet>
  );
}
