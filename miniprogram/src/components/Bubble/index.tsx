import { Text, View } from '@tarojs/components';
import { Button } from '../Button';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Message } from '../Message';
import type { MessageFrame } from '../Message';
import './index.scss';

export type { MessageFrame, SendState } from '../Message';

export interface BubbleProps extends MessageFrame {
  text: string;
  /** 念给我听, drawn in elder mode on 小同's words; leave out where the device cannot speak. */
  onSpeak?: (() => void) | undefined;
  speaking?: boolean | undefined;
}

/** Words in the thread: mine door-tint, people paper, 小同 outlined without fill. */
export function Bubble({ text, onSpeak, speaking, ...frame }: BubbleProps) {
  const elder = useElder();
  const bot = frame.from?.kind === 'bot' && !frame.mine;
  return (
    <Message {...frame}>
      <View
        className={cx(
          'bub',
          frame.mine ? 'bub-me' : bot ? 'bub-bot' : 'bub-you',
          frame.continued && 'bub-cont',
          frame.mine && frame.state === 'stored' && 'bub-stored',
          frame.mine && frame.state === 'failed' && 'bub-failed',
          frame.mine && frame.state === 'sending' && 'bub-sending',
        )}
      >
        <Text userSelect>{text}</Text>
        {elder && bot && onSpeak && (
          <Button kind="tint" block icon="speak" iconSize={32} className="mt12" onTap={onSpeak}>
            {speaking ? '别念了' : '念给我听'}
          </Button>
        )}
      </View>
    </Message>
  );
}

/** 小同 is looking: three bricks instead of words, replaced by the card when it is routed. */
export function Thinking({
  from,
  words = '正在找人',
}: Pick<MessageFrame, 'from'> & { words?: string }) {
  return (
    <Message mine={false} from={from}>
      <View className="bub bub-bot row">
        <Text className="c2">{words}</Text>
        <View className="think think-1" />
        <View className="think think-2" />
        <View className="think think-3" />
      </View>
    </Message>
  );
}
