/**
 * Plays one day of the alley against a running server, as ordinary clients: HTTP and WebSocket.
 * `--url http://…` plays on that server; without it one is started on a temporary folder.
 * Exit code 1 and one clear line when something does not happen as promised.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buildTown } from '../../server/src/seed/town';
import { Tokens } from '../../server/src/modules/session/tokens';
import { removeFolder, startServer, temporaryFolder } from '../load/serverProcess';
import { Player, Unmet } from './player';
import { Printer } from './printer';
import { booking } from './scenes/booking';
import { complaint } from './scenes/complaint';
import { emergency } from './scenes/emergency';
import { helpingHand } from './scenes/helpingHand';
import { streetLight } from './scenes/streetLight';
import { Stage, type Cast } from './stage';

const { values } = parseArgs({ options: { url: { type: 'string' } } });

/** Personas hold one volunteer; on a server of our own we can sign for a neighbour of hers. */
const anotherVolunteer = async (url: string, secret: Buffer): Promise<Player> => {
  const now = new Date();
  const person = buildTown(now).people.find(
    (p) =>
      p.id !== 'sun' && p.roles.some((g) => g.role === 'volunteer' && g.areaPath.endsWith('/lg/')),
  );
  if (!person) throw new Unmet('演示的镇子里找不到第二个志愿者');
  const tokens = new Tokens(secret, { now: () => now });
  const token = await tokens.access({ personId: person.id, sessionId: 'walkthrough' });
  return Player.with(url, token, '志愿者');
};

const play = async (url: string, print: Printer, secret?: Buffer): Promise<void> => {
  await fetch(`${url}/healthz`).catch(() => {
    throw new Unmet(`${url} 连不上：服务器开着吗？（npm start）`);
  });
  const enter = (id: string, role: string): Promise<Player> => Player.signIn(url, id, role);
  const cast: Cast = {
    zhao: await enter('zhao', '村民'),
    zhang: await enter('zhang', '长辈'),
    wang: await enter('wang', '胡同长'),
    liming: await enter('liming', '网格员'),
    liu: await enter('liu', '镇电工班'),
    sun: await enter('sun', '志愿者'),
    zhou: await enter('zhou', '网格长'),
    linxiao: await enter('linxiao', '值班'),
    secondVolunteer: secret ? await anotherVolunteer(url, secret) : undefined,
  };
  const stage = new Stage(cast, print);
  try {
    for (const scene of [streetLight, emergency, complaint, booking, helpingHand]) {
      await scene(stage);
    }
    print.heading('值班台');
    const desk = await cast.linxiao.get('/desk/summary');
    print.fact(
      '今天为止',
      `收了 ${desk.collected} 件，办完 ${desk.closed} 件，在办 ${desk.open} 件，超时 ${desk.overdue} 件`,
    );
    print.table();
  } finally {
    for (const p of stage.everybody) p.close();
  }
};

const onOwnServer = async (print: Printer): Promise<void> => {
  const dataDir = await temporaryFolder();
  const secret = randomBytes(32).toString('hex');
  const stopped: (() => Promise<void>)[] = [];
  try {
    print.note('正在开一台临时的服务器（演完就拆）……');
    const server = await startServer(dataDir, { env: { DEMO: 'true', TOKEN_SECRET: secret } });
    stopped.push(() => server.stop());
    await play(server.url, print, Buffer.from(secret));
  } finally {
    for (const stop of stopped) await stop();
    await removeFolder(dataDir);
  }
};

const print = new Printer();
print.title(
  '胡同长：一天里的五件事',
  '每一行后头的毫秒数，是从说的人点“发送”，到对方手机的连接上收到，用的时间。',
);
try {
  if (values.url) await play(values.url.replace(/\/$/, ''), print);
  else await onOwnServer(print);
} catch (error) {
  print.failure(error instanceof Unmet ? error.message : `演不下去了：${String(error)}`);
  process.exitCode = 1;
}
