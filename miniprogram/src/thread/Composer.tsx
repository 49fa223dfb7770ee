import { useRef, useState } from 'react';
import { InputBar } from '../components/InputBar';
import { useElder } from '../components/elder';
import { newClientId } from '../api';
import { choosePictures, isWideWindow, keepFile, toast, whereAmI } from '../platform';
import type { Clip } from '../platform';
import { say, sendFrame } from '../stores/runtime';
import type { Talk } from './useTalk';

export interface ComposerProps {
  conversationId: string;
  talk: Talk;
  placeholder?: string | undefined;
}

/** A typing signal lasts six seconds with the others; half of that is often enough. */
const typingEvery = 3_000;

/** The bar under a thread. What is said goes to the outbox and is shown at once, with or without network. */
export function Composer({ conversationId, talk, placeholder }: ComposerProps) {
  const elder = useElder();
  // Whoever sits at a PC has a keyboard before them.
  const [mode, setMode] = useState<'voice' | 'keyboard'>(isWideWindow() ? 'keyboard' : 'voice');
  const [text, setText] = useState('');
  const signalled = useRef(0);

  const write = (words: string) => {
    setText(words);
    const now = Date.now();
    if (words && now - signalled.current > typingEvery) {
      signalled.current = now;
      sendFrame({ t: 'typing', conversationId });
    }
  };
  const send = () => {
    if (!text.trim()) return;
    say(conversationId, { kind: 'text', text: text.trim() });
    setText('');
    signalled.current = 0;
  };

  return (
    <InputBar
      mode={mode}
      onMode={setMode}
      text={text}
      onText={write}
      onSend={send}
      onPicture={() => void sendPictures(conversationId)}
      recording={talk.recording}
      onTalkStart={talk.start}
      onTalkEnd={talk.end}
      onTalkDenied={talk.denied ? talk.allow : undefined}
      placeholder={placeholder ?? (elder ? '写给我' : undefined)}
    />
  );
}

/** Chooses pictures and says them, each a message of its own. */
export async function sendPictures(conversationId: string): Promise<void> {
  const pictures = await choosePictures({ count: 3 });
  for (const { path, fileName } of pictures) {
    const kept = await keepFile(path, newClientId());
    say(conversationId, { kind: 'image' }, { path: kept, fileName });
  }
}

/** Says where the phone is; it may refuse, then words will do. */
export async function sendPlace(conversationId: string): Promise<void> {
  const place = await whereAmI();
  if (!place) {
    toast('手机没给位置，写几个字也行');
    return;
  }
  const point = { longitude: place.longitude, latitude: place.latitude };
  say(conversationId, { kind: 'location', point, name: '我在这儿' });
}

export async function sendClip(conversationId: string, clip: Clip): Promise<void> {
  const kept = await keepFile(clip.path, newClientId());
  const seconds = Math.min(60, Math.max(0.1, Math.round(clip.seconds * 10) / 10));
  say(conversationId, { kind: 'voice', seconds }, { path: kept, fileName: clip.fileName });
}
