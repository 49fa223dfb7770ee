import type { PropsWithChildren } from 'react';
import { Text, View } from '@tarojs/components';
import type { Sender } from '@alley-chief/shared/contract';
import { cx } from '../classes';
import { useElder } from '../elder';
import { Avatar } from '../Avatar';
import { Icon } from '../Icon';
import { Tap } from '../Tap';
import './index.scss';

/** `sending` shows nothing yet; `stored` waits for the network; `failed` can be tapped to send again. */
export type SendState = 'sending' | 'sent' | 'stored' | 'failed';

/** What every kind of message in a thread has in common. */
export interface MessageFrame {
  /** Mine stands right; a person's and 小同's left. */
  mine: boolean;
  /** Who says it; not needed for mine. */
  from?: Sender | undefined;
  /** Follows the same sender: closer, without tile and name. */
  continued?: boolean | undefined;
  /** Beside the name, preformatted. */
  time?: string | undefined;
  state?: SendState | undefined;
  /** Below mine: 已送到, 王婶看过了. */
  note?: string | undefined;
  /** What a stored one says; pictures say 照片已压小，等网. */
  storedNote?: string | undefined;
  onResend?: (() => void) | undefined;
  onOpenPerson?: (() => void) | undefined;
}

/** The place of a message in the thread: side, tile, name, and what became of sending it. */
export function Message({
  mine,
  from,
  continued,
  time,
  state = 'sent',
  note,
  storedNote = '存着，等网',
  onResend,
  onOpenPerson,
  children,
}: PropsWithChildren<MessageFrame>) {
  const elder = useElder();
  if (mine) {
    return (
      <View className={cx('msg', 'msg-me', continued && 'msg-cont')}>
        <View className="msg-box">
          {children}
          {state === 'stored' && (
            <View className="msg-pend row">
              <Icon name="clock" size={16} tone="wheat-ink" />
              <Text className="ml4">{storedNote}</Text>
            </View>
          )}
          {state === 'failed' && (
            <Tap className="msg-fail row" onTap={onResend} label="没发出去，点一下重发">
              <Icon name="refresh" size={16} tone="brick" />
              <Text className="ml4">没发出去，点一下重发</Text>
            </Tap>
          )}
          {note && state === 'sent' && <View className="msg-note">{note}</View>}
        </View>
      </View>
    );
  }
  const bot = from?.kind === 'bot';
  return (
    <View className={cx('msg', 'msg-you', continued && 'msg-cont')}>
      {!elder && from && (
        <Tap className={cx(continued && 'msg-hidden')} onTap={continued ? undefined : onOpenPerson}>
          <Avatar person={from} />
        </Tap>
      )}
      <View className={cx('msg-box', !elder && 'ml8')}>
        {from && !continued && (
          <View className="msg-who row">
            <Text>{from.name}</Text>
            {(bot || from.title) && <View className="sep" />}
            {(bot || from.title) && <Text>{bot ? '自动回复' : from.title}</Text>}
            {time && !elder && <Text className="num ml6">{time}</Text>}
          </View>
        )}
        {children}
      </View>
    </View>
  );
}
