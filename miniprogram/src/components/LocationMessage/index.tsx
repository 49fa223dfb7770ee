import { Text, View } from '@tarojs/components';
import { Icon } from '../Icon';
import { Message } from '../Message';
import type { MessageFrame } from '../Message';
import { Tap } from '../Tap';
import './index.scss';

export interface LocationMessageProps extends MessageFrame {
  /** What people call the place. */
  name: string;
  /** Below the name; coordinates or distance, preformatted. */
  line?: string | undefined;
  /** Left out where no map can be opened. */
  onOpen?: (() => void) | undefined;
}

/** A place in the thread. No map tiles: a pin, a name, and the phone's own map behind it. */
export function LocationMessage({ name, line, onOpen, ...frame }: LocationMessageProps) {
  return (
    <Message {...frame}>
      <Tap
        className={frame.mine ? 'bub bub-me spot row' : 'bub bub-you spot row'}
        onTap={onOpen}
        label={`位置：${name}`}
      >
        <Icon name="pin" size={28} tone="door" />
        <View className="f1 ml8">
          <View className="b">
            <Text>{name}</Text>
          </View>
          {line && (
            <View className="cap c3 num">
              <Text>{line}</Text>
            </View>
          )}
        </View>
        {onOpen && <Icon name="next" size={20} tone="ink-3" />}
      </Tap>
    </Message>
  );
}
