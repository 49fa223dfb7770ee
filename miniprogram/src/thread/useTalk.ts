import { useCallback, useEffect, useRef, useState } from 'react';
import { buzz, createRecorder, longestClip, toast } from '../platform';
import type { Clip, Recorder } from '../platform';

export interface Talk {
  /** Seconds so far; undefined while nobody talks. */
  recording: number | undefined;
  /** The microphone was refused. */
  denied: boolean;
  start: () => void;
  end: (cancelled: boolean) => void;
  /** Tries the microphone again after it was refused. */
  allow: () => void;
}

/** Recording of one clip, sixty seconds at most. `onClip` gets what is worth sending. */
export function useTalk(onClip: (clip: Clip) => void): Talk {
  const recorder = useRef<Recorder>();
  const [recording, setRecording] = useState<number>();
  const [denied, setDenied] = useState(false);
  const latest = useRef(onClip);
  latest.current = onClip;
  /** Letting go before the microphone was ready: the recording ends as soon as it has begun. */
  const wanted = useRef(false);

  const finish = useCallback(async (cancelled: boolean) => {
    wanted.current = false;
    setRecording(undefined);
    if (cancelled) return recorder.current?.cancel();
    const clip = await recorder.current?.stop();
    if (clip) latest.current(clip);
    else toast('说得太短了，按住多说一会儿');
  }, []);

  const start = useCallback(() => {
    if (wanted.current) return;
    wanted.current = true;
    recorder.current ??= createRecorder();
    recorder.current.start().then(
      () => {
        if (!wanted.current) return recorder.current?.cancel();
        setDenied(false);
        setRecording(0);
        buzz();
      },
      () => {
        wanted.current = false;
        setRecording(undefined);
        setDenied(true);
        toast('没打开麦克风，先打字说吧');
      },
    );
  }, []);

  const end = useCallback(
    (cancelled: boolean) => {
      if (recording === undefined) wanted.current = false;
      else void finish(cancelled);
    },
    [finish, recording],
  );

  const running = recording !== undefined;
  useEffect(() => {
    if (!running) return;
    const since = Date.now();
    const timer = setInterval(() => {
      const spent = Date.now() - since;
      if (spent >= longestClip) void finish(false);
      else setRecording(spent / 1000);
    }, 250);
    return () => clearInterval(timer);
  }, [running, finish]);
  useEffect(() => () => recorder.current?.cancel(), []);

  return { recording, denied, start, end, allow: start };
}
