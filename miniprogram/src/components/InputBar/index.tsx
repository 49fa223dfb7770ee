import { Input, Text, View } from '@tarojs/components';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Icon } from '../Icon';
import type { IconName } from '../Icon';
import { aria, Tap } from '../Tap';
import { useHold } from './useHold';
import './index.scss';

export interface InputBarProps {
  mode: 'voice' | 'keyboard';
  onMode: (mode: 'voice' | 'keyboard') => void;
  text: string;
  onText: (text: string) => void;
  /** Sends `text`; only offered while there is something to send. */
  onSend: () => void;
  onPicture: () => void;
  /** Seconds recorded so far; undefined while nobody talks. */
  recording?: number | undefined;
  onTalkStart: () => void;
  onTalkEnd: (cancelled: boolean) => void;
  /** Tap to start, tap to stop, instead of press and hold. Always so in elder mode. */
  tapToTalk?: boolean | undefined;
  /** The microphone was refused: the button explains and leads to the settings. */
  onTalkDenied?: (() => void) | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
}

/** What a message may hold; the server refuses more. */
const maxLength = 2000;

/** The bar under a thread: voice first, keyboard on request, the camera always at hand. */
export function InputBar(props: InputBarProps) {
  return props.mode === 'keyboard' ? <Typing {...props} /> : <Talking {...props} />;
}

function Talking({ onMode, onPicture, ...props }: InputBarProps) {
  const elder = useElder();
  const keyboard = () => onMode('keyboard');
  return (
    <View className="bar">
      {elder ? (
        <SideButton icon="cam" word="拍照" onTap={onPicture} />
      ) : (
        <IconButton icon="kbd" label="打字" onTap={keyboard} />
      )}
      {elder || props.tapToTalk || props.onTalkDenied ? (
        <TapTalk {...props} />
      ) : (
        <HoldTalk {...props} />
      )}
      {elder ? (
        <SideButton icon="kbd" word="写字" onTap={keyboard} />
      ) : (
        <IconButton icon="cam" label="拍照" onTap={onPicture} />
      )}
    </View>
  );
}

type TalkProps = Pick<
  InputBarProps,
  'recording' | 'onTalkStart' | 'onTalkEnd' | 'onTalkDenied' | 'disabled'
>;

function HoldTalk({ recording, onTalkStart, onTalkEnd, disabled }: TalkProps) {
  const { cancelling, handlers } = useHold({ onStart: onTalkStart, onEnd: onTalkEnd });
  const on = recording !== undefined;
  const words = !on ? '按住说话' : cancelling ? '松开就不发了' : '松开发送，上滑不发';
  return (
    <View
      className={cx('talk', on && 'talk-on', cancelling && 'talk-cancel', disabled && 'talk-off')}
      {...aria('button', words, { disabled })}
      {...(disabled ? {} : handlers)}
    >
      <Icon name={cancelling ? 'undo' : 'mic'} size={28} tone={on ? 'brick' : 'on-dark'} />
      <Text className="ml8">{words}</Text>
      {on && !cancelling && <Text className="ml8 num">{Math.floor(recording)}″</Text>}
    </View>
  );
}

function TapTalk({ recording, onTalkStart, onTalkEnd, onTalkDenied, disabled }: TalkProps) {
  const elder = useElder();
  const on = recording !== undefined;
  const words = onTalkDenied
    ? '没开麦克风，点这里打开'
    : on
      ? '说完了'
      : elder
        ? '说话'
        : '点一下说话';
  return (
    <Tap
      className={cx('talk', on && 'talk-on', disabled && 'talk-off', onTalkDenied && 'talk-denied')}
      disabled={disabled}
      label={on ? '说完了，点一下' : words}
      onTap={onTalkDenied ?? (on ? () => onTalkEnd(false) : onTalkStart)}
    >
      {on ? (
        <View className="talk-stop" />
      ) : (
        <Icon name="mic" size={elder ? 40 : 28} tone={onTalkDenied ? 'wheat-ink' : 'on-dark'} />
      )}
      <Text className="ml8">{words}</Text>
      {on && <Text className="ml8 num">{Math.floor(recording)}″</Text>}
    </Tap>
  );
}

function Typing({ onMode, text, onText, onSend, onPicture, placeholder, disabled }: InputBarProps) {
  const elder = useElder();
  const ready = text.trim().length > 0 && !disabled;
  return (
    <View className="bar">
      <Tap className="bar-round" onTap={() => onMode('voice')} label="说话">
        <Icon name="mic" size={elder ? 32 : 24} tone="on-dark" />
      </Tap>
      <View className="bar-field f1 row">
        <Input
          className="bar-input f1"
          value={text}
          maxlength={maxLength}
          placeholder={placeholder ?? '说说什么事'}
          placeholderClass="bar-hint"
          confirmType="send"
          confirmHold
          cursorSpacing={20}
          onInput={(event) => onText(event.detail.value)}
          onConfirm={() => ready && onSend()}
          {...aria(undefined, placeholder ?? '说说什么事')}
        />
        {!elder && <IconButton icon="cam" label="拍照" onTap={onPicture} small />}
      </View>
      <Tap
        className={cx('bar-round', !ready && 'bar-round-off')}
        disabled={!ready}
        onTap={onSend}
        label="发送"
      >
        <Icon name="send" size={elder ? 32 : 24} tone={ready ? 'on-dark' : 'ink-3'} />
      </Tap>
    </View>
  );
}

function IconButton({
  icon,
  label,
  onTap,
  small,
}: {
  icon: IconName;
  label: string;
  onTap: () => void;
  small?: boolean;
}) {
  return (
    <Tap className="bar-icon" onTap={onTap} label={label}>
      <Icon name={icon} size={small ? 24 : 28} tone={small ? 'ink-3' : 'ink-2'} />
    </Tap>
  );
}

function SideButton({ icon, word, onTap }: { icon: IconName; word: string; onTap: () => void }) {
  return (
    <Tap className="bar-side" onTap={onTap} label={word}>
      <Icon name={icon} size={40} tone="ink-2" />
      <Text>{word}</Text>
    </Tap>
  );
}
