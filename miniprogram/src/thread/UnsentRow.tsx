import { useEffect, useState } from 'react';
import { Bubble } from '../components/Bubble';
import { LocationMessage } from '../components/LocationMessage';
import type { MessageFrame } from '../components/Message';
import { PictureMessage } from '../components/PictureMessage';
import { VoiceClip } from '../components/VoiceClip';
import { openKept, viewPictures } from '../platform';
import type { Entry } from '../realtime/outbox';
import { useConnection } from '../stores/network';
import type { RowHandlers } from './ThreadRow';

export interface UnsentRowProps {
  entry: Entry;
  continued: boolean;
  handlers: RowHandlers;
}

/** Something said here that the server has not acknowledged yet. */
export function UnsentRow({ entry, continued, handlers }: UnsentRowProps) {
  // For the blink between saying and storing nothing needs to be said; 等网 only where there is none.
  const waiting = useConnection() !== 'ok';
  const { draft, clientId } = entry;
  const path = useKept(entry.file?.path);
  const frame: MessageFrame = {
    mine: true,
    continued,
    state: entry.state === 'failed' ? 'failed' : waiting ? 'stored' : 'sending',
    onResend: () => handlers.onResend(clientId),
  };
  switch (draft.kind) {
    case 'image':
      // Until the file is found there is nothing to draw.
      if (!path) return <Bubble {...frame} text="照片" />;
      return (
        <PictureMessage
          {...frame}
          src={path}
          caption={draft.text}
          onOpen={() => viewPictures([path])}
        />
      );
    case 'voice':
      return (
        <VoiceClip
          {...frame}
          seconds={draft.seconds}
          transcript={draft.transcript}
          onPlay={() => path && handlers.onPlay(clientId, path)}
        />
      );
    case 'location':
      return <LocationMessage {...frame} name={draft.name ?? '这儿'} />;
    case 'text':
      return <Bubble {...frame} text={draft.text} />;
  }
}

/** The address of a kept file, once it is known. */
function useKept(path: string | undefined): string | undefined {
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    let gone = false;
    if (path) void openKept(path).then((found) => !gone && setOpen(found));
    return () => {
      gone = true;
    };
  }, [path]);
  return open;
}
