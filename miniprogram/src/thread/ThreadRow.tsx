import { memo } from 'react';
import { View } from '@tarojs/components';
import type { Card, CardAction, MessageView } from '@alley-chief/shared/contract';
import { Bubble } from '../components/Bubble';
import { useElder } from '../components/elder';
import { LocationMessage } from '../components/LocationMessage';
import { PictureMessage } from '../components/PictureMessage';
import { TimeStamp } from '../components/TimeStamp';
import { VoiceClip } from '../components/VoiceClip';
import { fileUrl } from '../api';
import { clockTime, spokenStamp, spokenTime, stamp } from '../format';
import { canOpenMap, canSpeak, openMap, viewPictures } from '../platform';
import type { Given } from '../actions/target';
import { CardView } from './CardView';
import type { Row } from './rows';
import { UnsentRow } from './UnsentRow';

/** What can be done with rows; one object for the whole life of a thread, so that rows rest. */
export interface RowHandlers {
  onAction: (card: Card, action: CardAction, given?: Given) => void;
  onPlay: (key: string, url: string) => void;
  onSpeak: (key: string, of: MessageView | Card) => void;
  onResend: (clientId: string) => void;
}

export interface ThreadRowProps {
  row: Row;
  /** ms; cards count time in words, stamps say 今天. Other rows are given 0 and rest. */
  now: number;
  /** This row's clip or words are being played. */
  sounding: boolean;
  busy: string | undefined;
  handlers: RowHandlers;
}

/** One line of a thread. Drawn again only when something of its own changed. */
export const ThreadRow = memo(function ThreadRow(props: ThreadRowProps) {
  const { row, now, sounding, busy, handlers } = props;
  const elder = useElder();
  switch (row.kind) {
    case 'stamp':
      return <TimeStamp text={elder ? spokenStamp(row.at, now) : stamp(row.at, now)} />;
    case 'notice': {
      const { at, text = '' } = row.message;
      return <TimeStamp text={`${elder ? spokenTime(at) : clockTime(at)} ${text}`} />;
    }
    case 'card':
      return (
        <View className="thread-card">
          <CardView
            card={row.card}
            now={now}
            busy={busy}
            onAction={handlers.onAction}
            {...(canSpeak() && { onSpeak: () => handlers.onSpeak(row.key, row.card) })}
          />
        </View>
      );
    case 'unsent':
      return <UnsentRow entry={row.entry} continued={row.continued} handlers={handlers} />;
    case 'message':
      return <Said row={row} sounding={sounding} handlers={handlers} />;
  }
}, sameRow);

function Said({
  row,
  sounding,
  handlers,
}: {
  row: Extract<Row, { kind: 'message' }>;
  sounding: boolean;
  handlers: RowHandlers;
}) {
  const { message, mine, continued, note, key } = row;
  const { file, location } = message;
  const frame = { mine, continued, note, from: message.from };
  switch (message.kind) {
    case 'image': {
      const url = fileUrl(file?.url ?? '');
      return (
        <PictureMessage
          {...frame}
          src={url}
          width={file?.width}
          height={file?.height}
          caption={message.text}
          onOpen={() => viewPictures([url])}
        />
      );
    }
    case 'voice':
      return (
        <VoiceClip
          {...frame}
          seconds={file?.seconds ?? 1}
          transcript={message.text}
          playing={sounding}
          onPlay={() => handlers.onPlay(key, fileUrl(file?.url ?? ''))}
        />
      );
    case 'location': {
      const place = location && { ...location, name: location.name ?? '这儿' };
      return (
        <LocationMessage
          {...frame}
          name={place?.name ?? '位置'}
          onOpen={canOpenMap && place ? () => openMap(place) : undefined}
        />
      );
    }
    default:
      return (
        <Bubble
          {...frame}
          text={message.text ?? ''}
          speaking={sounding}
          {...(canSpeak() && { onSpeak: () => handlers.onSpeak(key, message) })}
        />
      );
  }
}

function sameRow(a: ThreadRowProps, b: ThreadRowProps): boolean {
  if (a.now !== b.now || a.sounding !== b.sounding || a.busy !== b.busy) return false;
  if (a.handlers !== b.handlers || a.row.kind !== b.row.kind || a.row.key !== b.row.key)
    return false;
  const keys = Object.keys(b.row) as (keyof Row)[];
  return keys.length === Object.keys(a.row).length && keys.every((k) => a.row[k] === b.row[k]);
}
