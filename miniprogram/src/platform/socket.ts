import Taro from '@tarojs/taro';
import { isH5 } from './target';

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

/** The code browsers use when a connection ends without a goodbye. */
const broken = 1006;

/** Opens a WebSocket for text frames. Failures of any kind arrive as one `onClose`. */
export const openSocket = (url: string, events: SocketEvents): Socket =>
  isH5 ? browserSocket(url, events) : wechatSocket(url, events);

/** Straight to the browser: Taro's wrapper loses the closing code, and ours carry meaning. */
function browserSocket(url: string, events: SocketEvents): Socket {
  const once = closeOnce(events);
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // Like every other ending: after the caller has its socket.
    void Promise.resolve().then(() => once(broken, 'refused'));
    return { send: () => false, close: () => once(1000, 'closed here') };
  }
  socket.onopen = () => events.onOpen();
  socket.onmessage = (message) => {
    if (typeof message.data === 'string') events.onText(message.data);
  };
  socket.onclose = (closed) => once(closed.code, closed.reason);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close(code = 1000) {
      socket.close(code);
      once(code, 'closed here');
    },
  };
}

function wechatSocket(url: string, events: SocketEvents): Socket {
  const once = closeOnce(events);
  let task: Taro.SocketTask | undefined;
  let open = false;
  let unwanted = false;

  Taro.connectSocket({ url })
    .then((socket) => {
      task = socket;
      if (unwanted) return void socket.close({});
      socket.onOpen(() => {
        open = true;
        events.onOpen();
      });
      socket.onMessage((message) => {
        if (typeof message.data === 'string') events.onText(message.data);
      });
      socket.onClose((closed) => {
        open = false;
        once(closed?.code ?? broken, closed?.reason ?? '');
      });
      socket.onError((error) => {
        open = false;
        once(broken, error?.errMsg ?? 'error');
      });
    })
    .catch(() => once(broken, 'refused'));

  return {
    send(text) {
      if (!open || !task) return false;
      task.send({ data: text, fail: () => once(broken, 'send failed') });
      return true;
    },
    close(code = 1000) {
      unwanted = true;
      open = false;
      task?.close({ code });
      once(code, 'closed here');
    },
  };
}

function closeOnce(events: SocketEvents): SocketEvents['onClose'] {
  let closed = false;
  return (code, reason) => {
    if (closed) return;
    closed = true;
    events.onClose(code, reason);
  };
}
