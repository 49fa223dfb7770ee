import { newClientId, type Crowd } from './crowd';
import { HttpLine } from './httpLine';
import { quantile } from './measure';

export interface PushTimes {
  sent: number;
  arrived: number;
  p50: number;
  p95: number;
  p99: number;
}

/**
 * Residents speak at a steady rate whatever the answers take; counted from sending until the words
 * are on the chief's socket. One line in ten opens a case, the rest is talk.
 */
export const measurePush = async (
  url: string,
  crowd: Crowd,
  perSecond: number,
  seconds: number,
  concernText: (n: number) => string,
): Promise<PushTimes> => {
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  for (const phone of crowd.chiefs.values()) {
    phone.onFrame = (f, at) => {
      const key = f.t === 'message' ? (f.message.clientId ?? '') : '';
      const sent = sentAt.get(key);
      if (sent === undefined) return;
      times.push(at - sent);
      // A stand-in reads along: the first of the two counts.
      sentAt.delete(key);
    };
  }
  const free = Array.from({ length: 8 }, () => HttpLine.to(url));
  const all = [...free];
  const total = perSecond * seconds;
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < total; i++) {
    const wait = began + (i * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // 7 is prime to the number of homes of an alley: neighbours do not speak in a row.
    const home = crowd.homes[(i * 7) % crowd.homes.length]!;
    const text = i % 10 === 0 ? concernText(i / 10) : i % 3 ? '谢谢' : '那个井盖修了没';
    let line = free.pop();
    if (!line) all.push((line = HttpLine.to(url)));
    const clientId = newClientId();
    sentAt.set(clientId, performance.now());
    const body = JSON.stringify({ kind: 'text', clientId, text });
    const used = line;
    pending.push(
      used
        .post(`/conversations/${home.thread}/messages`, body, home.token)
        // What was not taken shows as not arrived.
        .then(
          () => void free.push(used),
          () => undefined,
        ),
    );
  }
  await Promise.all(pending);
  for (let seen = -1; times.length < total && seen !== times.length;) {
    seen = times.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  for (const line of all) line.close();
  return {
    sent: total,
    arrived: times.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
  };
};
