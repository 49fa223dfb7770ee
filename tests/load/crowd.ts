import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { isStaff } from '@alley-chief/shared/domain';
import type { ServerFrame } from '@alley-chief/shared/realtime';
import { ConversationService } from '../../server/src/modules/conversation/service';
import { Tokens } from '../../server/src/modules/session/tokens';
import { buildTown } from '../../server/src/seed/town';

/** A phone that is switched on; tells whoever waits about each frame. */
export class Phone {
  onFrame: (frame: ServerFrame, at: number) => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.onFrame(JSON.parse(data.toString()) as ServerFrame, performance.now());
    });
  }

  static async connect(url: string, token: string): Promise<Phone> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const phone = new Phone(socket);
    const hello = phone.next((f) => f.t === 'hello');
    socket.send(JSON.stringify({ t: 'auth', token }));
    if (!(await hello)) throw new Error('a phone was not let in');
    return phone;
  }

  /** Resolves with true at the first frame from now on that fits, false when none comes in time. */
  next(want: (f: ServerFrame) => boolean, patience = 5000): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (came: boolean): void => {
        clearTimeout(timer);
        this.onFrame = () => undefined;
        resolve(came);
      };
      const timer = setTimeout(() => done(false), patience);
      this.onFrame = (f) => {
        if (want(f)) done(true);
      };
    });
  }
}

/** A household with somebody who speaks for it and the chief who reads along. */
export interface Home {
  thread: string;
  token: string;
  phone: Phone;
  chiefId: string;
  chiefToken: string;
}

export interface Crowd {
  homes: Home[];
  chiefs: Map<string, Phone>;
  close(): void;
}

export const newClientId = (): string => randomBytes(9).toString('base64url');

/** Signs in a grown-up of each household and every chief, all with the app open. */
export const gatherCrowd = async (url: string, tokenKey: Buffer, most: number): Promise<Crowd> => {
  const now = new Date();
  const town = buildTown(now);
  const tokens = new Tokens(tokenKey, { now: () => new Date() });
  const sign = (personId: string): Promise<string> =>
    tokens.access({ personId, sessionId: 'load' });
  const chiefOf = new Map(
    town.people.flatMap((p) =>
      p.roles.flatMap((g) => (g.role === 'alleyChief' ? [[g.areaPath, p.id] as const] : [])),
    ),
  );
  const chiefTokens = new Map<string, string>();
  for (const id of chiefOf.values()) chiefTokens.set(id, await sign(id));

  const homes: Home[] = [];
  for (const h of town.households) {
    const speaker = town.people.find(
      (p) =>
        p.householdId === h.id && !isStaff(p.roles) && now.getUTCFullYear() - p.birthYear >= 18,
    );
    const chiefId = chiefOf.get(h.areaPath);
    if (!speaker || !chiefId || homes.length >= most) continue;
    const token = await sign(speaker.id);
    homes.push({
      thread: ConversationService.householdThread(h.id),
      token,
      phone: await Phone.connect(url, token),
      chiefId,
      chiefToken: chiefTokens.get(chiefId) ?? '',
    });
  }
  const chiefs = new Map<string, Phone>();
  for (const id of new Set(homes.map((h) => h.chiefId))) {
    chiefs.set(id, await Phone.connect(url, chiefTokens.get(id) ?? ''));
  }
  return {
    homes,
    chiefs,
    close() {
      for (const p of [...homes.map((h) => h.phone), ...chiefs.values()]) p.socket.terminate();
    },
  };
};
