import type { Model } from 'mongoose';
import type { Me, Persona, Tokens as TokenPair } from '@alley-chief/shared/contract';
import { roleLabels } from '@alley-chief/shared/domain';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { AppError } from '../../kernel/errors';
import { newId } from '../../kernel/ids';
import { mainGrant, type DirectoryService } from '../directory/service';
import { ConversationService } from '../conversation/service';
import type { SessionDoc } from './model';
import { accessSeconds, refreshSeconds, type Tokens } from './tokens';

export interface SessionDeps {
  sessions: Model<SessionDoc>;
  tokens: Tokens;
  directory: DirectoryService;
  clock: Clock;
  demo: boolean;
  personas: Omit<Persona, 'name' | 'surname' | 'callName'>[];
  isOnline(personId: string): boolean;
}

/** A reply may be lost on the way: the old refresh token is still taken for this long. */
const graceMs = 30_000;

/** Who is signed in. */
export class SessionService {
  /** Sessions ended within the life of an access token: the tokens they gave out must stop now. */
  private readonly revoked = new Map<string, number>();

  constructor(private readonly deps: SessionDeps) {}

  async personas(): Promise<Persona[]> {
    this.assertDemo();
    const people = await this.deps.directory.people(this.deps.personas.map((p) => p.id));
    return this.deps.personas.flatMap((p) => {
      const person = people.get(p.id);
      if (!person) return [];
      const { name, surname, callName } = person;
      return [{ ...p, name, surname, callName }];
    });
  }

  /** @throws AppError demoOnly, notFound */
  async signInAsPersona(personaId: string): Promise<TokenPair & { me: Me }> {
    this.assertDemo();
    if (!this.deps.personas.some((p) => p.id === personaId)) throw new AppError('notFound');
    return this.signIn(personaId);
  }

  /**
   * Opens a session for a person whose identity somebody else has proved (persona, WeChat).
   * The seam for every way of signing in.
   */
  async signIn(personId: string): Promise<TokenPair & { me: Me }> {
    const now = this.deps.clock.now();
    const session: SessionDoc = {
      _id: newId('s'),
      personId,
      refreshId: newId('r'),
      rotatedAt: now,
      createdAt: now,
      expiresAt: new Date(now.getTime() + refreshSeconds * 1000),
    };
    await this.deps.sessions.create(session);
    return { ...(await this.pair(session)), me: await this.me(personId) };
  }

  private async pair(s: Pick<SessionDoc, '_id' | 'personId' | 'refreshId'>): Promise<TokenPair> {
    const claims = { personId: s.personId, sessionId: s._id, refreshId: s.refreshId };
    const [accessToken, refreshToken] = await Promise.all([
      this.deps.tokens.access(claims),
      this.deps.tokens.refresh(claims),
    ]);
    return { accessToken, refreshToken, expiresIn: accessSeconds };
  }

  /** One atomic swap; a token used a second time ends the session. @throws AppError unauthenticated */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const claims = await this.deps.tokens.verify('refresh', refreshToken);
    const now = this.deps.clock.now();
    const next = newId('r');
    const swapped = await this.deps.sessions
      .findOneAndUpdate(
        { _id: claims.sessionId, refreshId: claims.refreshId, revokedAt: { $exists: false } },
        {
          $set: {
            refreshId: next,
            previousRefreshId: claims.refreshId,
            rotatedAt: now,
            expiresAt: new Date(now.getTime() + refreshSeconds * 1000),
          },
        },
        { returnDocument: 'after' },
      )
      .lean();
    if (swapped) return this.pair(swapped);
    const session = await this.deps.sessions.findById(claims.sessionId).lean();
    const lostReply =
      session !== null &&
      !session.revokedAt &&
      session.previousRefreshId === claims.refreshId &&
      now.getTime() - session.rotatedAt.getTime() < graceMs;
    if (lostReply) return this.pair(session);
    if (session) await this.revoke(session._id);
    throw new AppError('unauthenticated');
  }

  async revoke(sessionId: string): Promise<void> {
    const revokedAt = this.deps.clock.now();
    await this.deps.sessions.updateOne({ _id: sessionId }, { $set: { revokedAt } });
    this.markRevoked(sessionId);
  }

  /** Also called by the event tail, for sessions that ended on another node. */
  markRevoked(sessionId: string): void {
    const now = this.deps.clock.now().getTime();
    for (const [id, until] of this.revoked) if (until < now) this.revoked.delete(id);
    this.revoked.set(sessionId, now + accessSeconds * 1000);
  }

  /** Sessions ended shortly before this node started. */
  async loadRevoked(): Promise<void> {
    const since = new Date(this.deps.clock.now().getTime() - accessSeconds * 1000);
    const recent = await this.deps.sessions.find({ revokedAt: { $gt: since } }).lean();
    for (const s of recent) this.markRevoked(s._id);
  }

  /** @throws AppError unauthenticated */
  async viewer(accessToken: string): Promise<Viewer> {
    const claims = await this.deps.tokens.verify('access', accessToken);
    if (this.revoked.has(claims.sessionId)) throw new AppError('unauthenticated');
    return this.viewerOf(claims.personId, claims.sessionId);
  }

  private readonly viewers = new Map<string, { viewer: Omit<Viewer, 'sessionId'>; at: number }>();

  /** Roles are read anew every ten seconds: a role taken away stops working by itself. */
  async viewerOf(personId: string, sessionId: string): Promise<Viewer> {
    const known = this.viewers.get(personId);
    if (known && Date.now() - known.at < 10_000) return { ...known.viewer, sessionId };
    const p = await this.deps.directory.person(personId).catch(() => {
      throw new AppError('unauthenticated');
    });
    const household = p.householdId
      ? await this.deps.directory.household(p.householdId)
      : undefined;
    const viewer = {
      personId: p._id,
      name: p.name,
      surname: p.surname,
      callName: p.callName,
      grants: p.roles,
      householdId: p.householdId,
      homePath: household?.areaPath,
    };
    if (this.viewers.size > 20_000) this.viewers.clear();
    this.viewers.set(personId, { viewer, at: Date.now() });
    return { ...viewer, sessionId };
  }

  async me(personId: string): Promise<Me> {
    const { directory } = this.deps;
    const person = await directory.person(personId);
    const index = await directory.staff();
    const household = person.householdId
      ? await directory.household(person.householdId)
      : undefined;
    const chief = household ? await directory.chiefOf(household.areaPath) : undefined;
    const persona = this.deps.personas.find((p) => p.id === personId);
    const phone = directory.phoneOf(person);
    return {
      id: person._id,
      name: person.name,
      surname: person.surname,
      callName: person.callName,
      elderMode: person.elderMode,
      roles: person.roles.map((g) => ({
        role: g.role,
        label: g.unitId ? (index.units.get(g.unitId)?.name ?? '') : roleLabels[g.role],
        area: g.areaPath,
        areaName: index.areasByPath.get(g.areaPath)?.name ?? '',
      })),
      home: persona?.home ?? homeOf(mainGrant(person)?.role),
      household: household && {
        id: household._id,
        plate: household.plate,
        conversationId: ConversationService.householdThread(household._id),
        members: (await directory.membersOf(household._id)).length,
      },
      chief: chief && {
        id: chief._id,
        name: chief.name,
        surname: chief.surname,
        callName: chief.callName,
        areaName: index.areasByPath.get(household?.areaPath ?? '')?.name ?? '',
        phone: directory.phoneOf(chief) ?? '',
        online: this.deps.isOnline(chief._id),
      },
      phoneMasked: phone && `${phone.slice(0, 3)}****${phone.slice(-4)}`,
      demo: this.deps.demo,
    };
  }

  private assertDemo(): void {
    if (!this.deps.demo) throw new AppError('demoOnly');
  }
}

const homeOf = (role: string | undefined): Me['home'] => {
  switch (role) {
    case 'dispatcher':
      return 'desk';
    case 'alleyChief':
      return 'inbox';
    case 'volunteer':
      return 'help';
    case undefined:
      return 'chat';
    default:
      return 'queue';
  }
};
