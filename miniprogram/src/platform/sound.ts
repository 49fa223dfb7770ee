import Taro from '@tarojs/taro';
import { isH5 } from './target';

let stopCurrent: (() => void) | undefined;

/**
 * Plays a voice clip; whatever played before stops. `onEnd` comes once, also when it cannot be played.
 * Returns a function that stops it.
 */
export function playVoice(url: string, onEnd: () => void): () => void {
  stopCurrent?.();
  const audio = Taro.createInnerAudioContext();
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    if (stopCurrent === end) stopCurrent = undefined;
    audio.stop();
    audio.destroy?.();
    onEnd();
  };
  stopCurrent = end;
  audio.onEnded(end);
  audio.onError(end);
  audio.src = url;
  audio.play();
  return end;
}

/** Can this device read words aloud? WeChat has no such ability, so the button is not drawn there. */
export const canSpeak = (): boolean => isH5 && 'speechSynthesis' in window;

/** Reads a text aloud, slowly and in Chinese. Returns a function that stops it. */
export function speak(text: string, onEnd: () => void = () => {}): () => void {
  if (!canSpeak()) {
    onEnd();
    return () => {};
  }
  window.speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = 'zh-CN';
  words.rate = 0.9;
  words.onend = onEnd;
  words.onerror = onEnd;
  window.speechSynthesis.speak(words);
  return () => window.speechSynthesis.cancel();
}
