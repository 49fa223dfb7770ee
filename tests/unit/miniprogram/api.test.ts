import type { HttpReply, HttpRequest } from '../../../miniprogram/src/platform/http';
import { createApi } from '../../../miniprogram/src/api/createApi';
import { addressOf } from '../../../miniprogram/src/api/address';
import { newClientId } from '../../../miniprogram/src/api/clientId';
import { createTokenBox } from '../../../miniprogram/src/api/tokens';
import { waitBefore } from '../../../miniprogram/src/realtime/backoff';

const reply = (status: number, data: unknown = {}): HttpReply => ({ status, data, headers: {} });

/** A server whose access tokens are good one after the other: a1, a2 … */
function server(options: { refresh?: () => HttpReply | Promise<HttpReply> } = {}) {
  let good = 'a2';
  const calls: HttpRequest[] = [];
  const signedOut = jest.fn();
  const tokens = createTokenBox({
    get: () => ({ accessToken: 'a1', refreshToken: 'r1' }),
    set: () => {},
    remove: () => {},
  });
  const send = async (request: HttpRequest): Promise<HttpReply> => {
    calls.push(request);
    await Promise.resolve();
    if (request.url.endsWith('/auth/refresh')) {
      if (options.refresh) return options.refresh();
      return reply(200, { accessToken: good, refreshToken: 'r2', expiresIn: 900 });
    }
    return request.headers?.authorization === `Bearer ${good}`
      ? reply(200, { id: 'me' })
      : reply(401, { code: 'unauthenticated', message: '登录过期了' });
  };
  const api = createApi({
    baseUrl: '',
    tokens,
    send,
    upload: () => Promise.reject(new Error()),
    onSignedOut: signedOut,
  });
  const refreshes = () => calls.filter((c) => c.url.endsWith('/auth/refresh')).length;
  return { api, calls, refreshes, signedOut, tokens, expire: (next: string) => (good = next) };
}

describe('the way to the server', () => {
  it('renews an expired token once for everyone who needs it, and repeats their calls', async () => {
    const { api, refreshes } = server();
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.call('GET /me')));
    expect(answers).toEqual(Array(5).fill({ id: 'me' }));
    expect(refreshes()).toBe(1);
  });

  it('ends the session once when the refresh is refused', async () => {
    const { api, signedOut, tokens } = server({
      refresh: () => reply(401, { code: 'unauthenticated', message: '过期' }),
    });
    const results = await Promise.allSettled([api.call('GET /me'), api.call('GET /me')]);
    expect(
      results.map((r) => r.status === 'rejected' && (r.reason as { code: string }).code),
    ).toEqual(['signedOut', 'signedOut']);
    expect(signedOut).toHaveBeenCalledTimes(1);
    expect(tokens.access()).toBeUndefined();
  });

  it('keeps the session when the refresh got no answer', async () => {
    const { api, signedOut, tokens } = server({
      refresh: () => Promise.reject(new Error('timeout')),
    });
    await expect(api.call('GET /me')).rejects.toMatchObject({ code: 'offline' });
    expect(signedOut).not.toHaveBeenCalled();
    expect(tokens.refresh()).toBe('r1');
  });

  it('says a refusal in the words of the server', async () => {
    const { api, expire, tokens } = server();
    expire('a1');
    tokens.put({ accessToken: 'a1', refreshToken: 'r1', expiresIn: 1 });
    const failing = createApi({
      baseUrl: '',
      tokens,
      send: () => Promise.resolve(reply(409, { code: 'slotFull', message: '约满了' })),
      upload: () => Promise.reject(new Error()),
      onSignedOut: () => {},
    });
    expect(await api.call('GET /me')).toEqual({ id: 'me' });
    await expect(
      failing.call('POST /bookings', {
        body: { clientId: 'c'.repeat(8), serviceId: 's', slotId: 'x' },
      }),
    ).rejects.toMatchObject({ code: 'slotFull', message: '约满了', status: 409, retryable: false });
  });

  it('fills in and encodes addresses', () => {
    expect(addressOf('POST /cases/:id/actions', { id: 'C 1/2' })).toEqual([
      'POST',
      '/cases/C%201%2F2/actions',
    ]);
    expect(addressOf('GET /services', {}, { q: '生娃', audience: undefined })[1]).toBe(
      '/services?q=%E7%94%9F%E5%A8%83',
    );
  });

  it('makes client ids the server accepts', () => {
    const ids = Array.from({ length: 200 }, () => newClientId());
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});

describe('the wait before trying again', () => {
  it('doubles from half a second to fifteen seconds, half of it chance', () => {
    expect([0, 1, 2, 3].map((n) => waitBefore(n, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(waitBefore(0, 0)).toBe(250);
    expect(waitBefore(99, 1)).toBe(15_000);
    expect(waitBefore(99, 0)).toBe(7_500);
  });
});
