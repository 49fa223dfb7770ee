import Taro from '@tarojs/taro';

export interface SocketEvents {
  onOpen(): void;
  onText(text: string): void;
  /** Called exactly once, for a refused connection as well as for a broken one. */
  onClose(code: number, reason: string): void;
}

export interface Socket {
  /** False when the connection is not open. */
  send(text: string): boolean;
  close(code?: number): void;
}

/** Opens a WebSocket for text frames. Failures of any kind arrive as one `onClose`. */
export function openSocket(url: string, events: SocketEvents): Socket {
  let task: Taro.SocketTask | undefined;
  let open = false;
  let ended = false;

  const end = (code: number, reason: string) => {
    if (ended) return;
    ended = true;
    open = false;
    events.onClose(code, reason);
  };

  Taro.connectSocket({ url })
    .then((socket) => {
      if (typeof socket?.onOpen !== 'function') return end(1006, 'unsupported');
      task = socket;
      if (ended) return void socket.close({});
      socket.onOpen(() => {
        open = true;
        events.onOpen();
      });
      socket.onMessage((message) => {
        if (typeof message.data === 'string') events.onText(message.data);
      });
      socket.onClose((closed) => end(closed?.code ?? 1006, closed?.reason ?? ''));
      socket.onError((error) => end(1006, error?.errMsg ?? 'error'));
    })
    .catch(() => end(1006, 'refused'));

  return {
    send(text) {
      if (!open || !task) return false;
      task.send({ data: text, fail: () => end(1006, 'send failed') });
      return true;
    },
    close(code = 1000) {
      task?.close({ code });
      end(code, 'closed here');
    },
  };
}
