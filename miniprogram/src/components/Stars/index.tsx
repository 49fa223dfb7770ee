import { Text, View } from '@tarojs/components';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { aria, Tap } from '../Tap';
import './index.scss';

/** The words of the official five steps. */
export const starWords = ['很不满意', '不满意', '一般', '满意', '很满意'] as const;

export interface StarsProps {
  /** 0 (none yet) to 5. */
  value: number;
  /** Without it the stars only show. */
  onChange?: ((stars: number) => void) | undefined;
  small?: boolean | undefined;
}

/** Five stars with a word beneath (beside, when small). */
export function Stars({ value, onChange, small }: StarsProps) {
  const elder = useElder();
  const word = starWords[value - 1];
  if (small) {
    return (
      <View className="row" {...aria('img', `${value} 星，${word ?? ''}`)}>
        {starWords.map((_, i) => (
          <Icon
            key={i}
            name={i < value ? 'starf' : 'star'}
            size={20}
            tone={i < value ? 'wheat' : 'line'}
          />
        ))}
        <Text className="sub c2 ml8">{word}</Text>
      </View>
    );
  }
  return (
    <View>
      <View className="row center">
        {starWords.map((name, i) => (
          <Tap
            key={name}
            className={cx('star', elder && 'star-elder')}
            role="radio"
            checked={value === i + 1}
            label={`${i + 1} 星，${name}`}
            onTap={onChange ? () => onChange(i + 1) : undefined}
          >
            <Icon
              name={i < value ? 'starf' : 'star'}
              size={40}
              tone={i < value ? 'wheat' : 'line'}
            />
          </Tap>
        ))}
      </View>
      <View className="star-word tc b mt2">
        <Text>{word ?? '点几颗星'}</Text>
      </View>
    </View>
  );
}
