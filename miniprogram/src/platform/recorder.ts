import Taro from '@tarojs/taro';
import { isH5 } from './target';

/** A finished recording. */
export interface Clip {
  /** Local path, or a blob address in browsers. */
  path: string;
  seconds: number;
  /** The extension tells the format: mp3 in WeChat, webm or mp4 in browsers. */
  fileName: string;
}

export interface Recorder {
  /** Asks for the microphone and starts. Rejects with MicrophoneDenied when there is none to be had. */
  start(): Promise<void>;
  /** Ends the recording; undefined when there was hardly a sound's length (under 0.6 s). */
  stop(): Promise<Clip | undefined>;
  /** Ends it and throws it away. */
  cancel(): void;
}

/** The user or the browser refused the microphone. */
export class MicrophoneDenied extends Error {
  constructor() {
    super('microphone denied');
    this.name = 'MicrophoneDenied';
  }
}

/** The longest clip the server takes, in milliseconds. */
export const longestClip = 60_000;
const shortestClip = 0.6;

/** One recorder; `now` is passed in so that lengths can be tested. */
export const createRecorder = (now: () => number = Date.now): Recorder =>
  isH5 ? browserRecorder(now) : wechatRecorder();

function wechatRecorder(): Recorder {
  const manager = Taro.getRecorderManager();
  let settle: ((clip: Clip | undefined) => void) | undefined;
  let finished: Clip | undefined;

  manager.onStop((result) => {
    const seconds = result.duration / 1000;
    const clip =
      seconds >= shortestClip
        ? { path: result.tempFilePath, seconds, fileName: 'voice.mp3' }
        : undefined;
    // WeChat also stops by itself after the longest length: keep that clip for the coming `stop()`.
    if (settle) settle(clip);
    else finished = clip;
    settle = undefined;
  });

  return {
    start: () =>
      new Promise((resolve, reject) => {
        finished = undefined;
        manager.onStart(() => resolve());
        manager.onError(() => {
          settle?.(undefined);
          settle = undefined;
          reject(new MicrophoneDenied());
        });
        manager.start({
          duration: longestClip,
          format: 'mp3',
          sampleRate: 16_000,
          numberOfChannels: 1,
          encodeBitRate: 48_000,
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        if (finished) return resolve(finished);
        settle = resolve;
        manager.stop();
      }),
    cancel() {
      settle = () => undefined;
      manager.stop();
    },
  };
}

function browserRecorder(now: () => number): Recorder {
  let active: { media: MediaRecorder; chunks: Blob[]; since: number } | undefined;

  const release = () => {
    active?.media.stream.getTracks().forEach((track) => track.stop());
    active = undefined;
  };

  return {
    async start() {
      if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) {
        throw new MicrophoneDenied();
      }
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => {
        throw new MicrophoneDenied();
      });
      const media = new MediaRecorder(stream);
      const chunks: Blob[] = [];
      media.ondataavailable = (event) => chunks.push(event.data);
      media.start();
      active = { media, chunks, since: now() };
    },
    stop: () =>
      new Promise((resolve) => {
        if (!active || active.media.state === 'inactive') return resolve(undefined);
        const { media, chunks, since } = active;
        const seconds = Math.min((now() - since) / 1000, longestClip / 1000);
        media.onstop = () => {
          release();
          if (seconds < shortestClip) return resolve(undefined);
          const type = media.mimeType || 'audio/webm';
          const path = URL.createObjectURL(new Blob(chunks, { type }));
          resolve({ path, seconds, fileName: type.includes('mp4') ? 'voice.mp4' : 'voice.webm' });
        };
        media.stop();
      }),
    cancel() {
      if (active && active.media.state !== 'inactive') active.media.stop();
      release();
    },
  };
}
