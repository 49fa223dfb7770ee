import { Text, View } from '@tarojs/components';
import { clipLength } from '../../format';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import { Message } from '../Message';
import type { MessageFrame } from '../Message';
import { Tap } from '../Tap';
import './index.scss';

export interface VoiceClipProps extends MessageFrame {
  seconds: number;
  playing?: boolean | undefined;
  onPlay: () => void;
  /** What was heard. */
  transcript?: string | undefined;
  /** Still listening to it: 正在听写… */
  transcribing?: boolean | undefined;
}

/** Heights (px at 750) of a wave that looks spoken; no audio is read. */
const wave = [12, 32, 16, 20, 24, 32, 28, 20, 16, 20, 36, 16, 28, 12, 24, 20, 32];

/** The same wave for the same clip, another for the next: the pattern starts where its length says. */
const waveOf = (seconds: number): number[] => {
  const shift = Math.round(seconds * 7) % wave.length;
  return [...wave.slice(shift), ...wave.slice(0, shift)];
};

/** A voice message: play, wave, length, and the words once they are known. */
export function VoiceClip({
  seconds,
  playing,
  onPlay,
  transcript,
  transcribing,
  ...frame
}: VoiceClipProps) {
  const elder = useElder();
  return (
    <Message {...frame}>
      <View
        className={cx(
          'bub voice',
          frame.mine ? 'bub-me' : 'bub-you',
          frame.continued && 'bub-cont',
          frame.mine && frame.state === 'stored' && 'bub-stored',
        )}
      >
        <View className="voice-head row">
          <Tap
            className="voice-play"
            onTap={onPlay}
            label={playing ? '停下' : `播放语音，${Math.round(seconds)} 秒`}
          >
            {playing ? (
              <View className="voice-stop" />
            ) : (
              <Icon name="play" size={elder ? 28 : 20} tone="on-dark" />
            )}
          </Tap>
          <View className={cx('wave f1 row', playing && 'wave-on')}>
            {waveOf(seconds).map((height, i) => (
              <View key={i} className={`wave-i wave-${height}`} />
            ))}
          </View>
          <Text className="sub c2 num ml4">{clipLength(seconds)}</Text>
        </View>
        {(transcript || transcribing) && (
          <View className="voice-words sub c2">
            <Text userSelect>{transcript ?? '正在听写…'}</Text>
          </View>
        )}
      </View>
    </Message>
  );
}
