import { WebSocket } from 'ws';

export interface Navigation {
  open: (url: string) => void;
  replace: (url: string) => void;
  restart: (url: string) => void;
  back: () => void;
}

export interface Device {
  wx: Record<string, unknown>;
  /** What the phone keeps. */
  storage: Map<string, unknown>;
  /** Words shown at the middle of the screen. */
  toasts: string[];
  close(): void;
}

interface Call {
  success?: (result: object) => void;
  fail?: (error: object) => void;
  complete?: (result: object) => void;
}

/** The part of WeChat's `wx` that the program uses; requests and sockets really reach the server. */
export function createWx(serverUrl: string, navigation: Navigation): Device {
  const storage = new Map<string, unknown>();
  const toasts: string[] = [];
  const sockets = new Set<WebSocket>();
  const leaving = new AbortController();

  const answer = (call: Call | undefined, result: object = {}): void => {
    call?.success?.({ errMsg: 'ok', ...result });
    call?.complete?.({ errMsg: 'ok', ...result });
  };
  const refuse = (call: Call | undefined, errMsg: string): void => {
    call?.fail?.({ errMsg });
    call?.complete?.({ errMsg });
  };
  const soon =
    (result: () => object = () => ({})) =>
    (call?: Call) =>
      setImmediate(() => answer(call, result()));
  const moved = (how: (url: string) => void) => (call: Call & { url: string }) =>
    setImmediate(() => {
      how(call.url);
      answer(call);
    });
  const addressOf = (url: string, scheme: string): string =>
    new URL(url, serverUrl).href.replace(/^\w+(?=:)/, scheme);

  const request = (
    call: Call & { url: string; method: string; header: Record<string, string>; data?: string },
  ) => {
    const { url, method, header, data } = call;
    fetch(addressOf(url, 'http'), {
      method,
      headers: header,
      ...(method !== 'GET' && data !== undefined && { body: data }),
      signal: leaving.signal,
    })
      .then(async (reply) => {
        const text = await reply.text();
        const json = reply.headers.get('content-type')?.includes('json');
        const header: Record<string, string> = {};
        reply.headers.forEach((value, name) => (header[name] = value));
        answer(call, {
          statusCode: reply.status,
          data: json ? (JSON.parse(text) as unknown) : text,
          header,
        });
      })
      .catch((error: Error) => {
        if (!leaving.signal.aborted) refuse(call, `request:fail ${error.message}`);
      });
    return { abort: () => undefined };
  };

  const connectSocket = (call: Call & { url: string }) => {
    const socket = new WebSocket(addressOf(call.url, 'ws'));
    // Before the program listens, and after it has been closed.
    socket.on('error', () => undefined);
    sockets.add(socket);
    setImmediate(() => answer(call, { socketTaskId: sockets.size }));
    return {
      onOpen: (f: (r: object) => void) => socket.on('open', () => f({})),
      onMessage: (f: (r: object) => void) =>
        socket.on('message', (data: Buffer) => f({ data: data.toString() })),
      onClose: (f: (r: object) => void) =>
        socket.on('close', (code, reason) => f({ code, reason: reason.toString() })),
      onError: (f: (r: object) => void) => socket.on('error', (e) => f({ errMsg: e.message })),
      send: (send: Call & { data: string }) =>
        socket.send(send.data, (e) => (e ? refuse(send, e.message) : answer(send))),
      close: (close: Call) => (socket.close(), answer(close)),
    };
  };

  const selectorQuery = () => {
    const found: unknown[] = [];
    const query = {
      select: () => query,
      in: () => query,
      boundingClientRect: (f: (box: object) => void) => {
        found.push({ top: 0, height: 600 });
        f({ top: 0, height: 600 });
        return query;
      },
      exec: (f?: (all: unknown[]) => void) => f?.(found),
    };
    return query;
  };

  const phone = {
    platform: 'android',
    pixelRatio: 2,
    windowWidth: 375,
    windowHeight: 812,
    screenWidth: 375,
    screenHeight: 812,
    statusBarHeight: 24,
    SDKVersion: '3.8.0',
    fontSizeScaleFactor: 1,
  };

  const wx: Record<string, unknown> = {
    request,
    connectSocket,
    createSelectorQuery: selectorQuery,
    getStorageSync: (key: string) => storage.get(key) ?? '',
    // WeChat keeps copies, not the objects themselves.
    setStorageSync: (key: string, value: unknown) => void storage.set(key, structuredClone(value)),
    removeStorageSync: (key: string) => void storage.delete(key),
    getSystemInfoSync: () => phone,
    getWindowInfo: () => phone,
    getAppBaseInfo: () => phone,
    getDeviceInfo: () => phone,
    getMenuButtonBoundingClientRect: () => ({ top: 28, left: 278, right: 365, height: 32 }),
    getNetworkType: soon(() => ({ networkType: 'wifi' })),
    login: soon(() => ({ code: 'one-time-code' })),
    showToast: (call: Call & { title: string }) => (toasts.push(call.title), answer(call)),
    showModal: soon(() => ({ confirm: true, cancel: false })),
    vibrateShort: soon(),
    navigateTo: moved(navigation.open),
    redirectTo: moved(navigation.replace),
    reLaunch: moved(navigation.restart),
    navigateBack: (call?: Call) => (navigation.back(), answer(call)),
    nextTick: (work: () => void) => setImmediate(work),
    canIUse: () => true,
  };
  for (const event of ['NetworkStatusChange', 'AppShow', 'AppHide', 'Error', 'PageNotFound']) {
    wx[`on${event}`] = () => undefined;
    wx[`off${event}`] = () => undefined;
  }

  return {
    wx,
    storage,
    toasts,
    close() {
      leaving.abort();
      sockets.forEach((socket) => socket.terminate());
    },
  };
}
