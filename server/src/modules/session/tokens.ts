import { SignJWT, jwtVerify } from 'jose';
import { AppError } from '../../kernel/errors';
import type { Clock } from '../../kernel/clock';

/** Access tokens end soon, so that a stolen one does; refresh tokens keep a phone signed in. */
export const accessSeconds = 15 * 60;
export const refreshSeconds = 30 * 24 * 3600;

export interface TokenClaims {
  personId: string;
  sessionId: string;
  /** Only in refresh tokens. */
  refreshId?: string;
}

export class Tokens {
  constructor(
    private readonly key: Buffer,
    private readonly clock: Clock,
  ) {}

  private sign(use: 'access' | 'refresh', c: TokenClaims, seconds: number): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ use, sid: c.sessionId, rid: c.refreshId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(c.personId)
      .setIssuer('alley-chief')
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.key);
  }

  access(claims: TokenClaims): Promise<string> {
    return this.sign('access', { ...claims, refreshId: undefined }, accessSeconds);
  }

  refresh(claims: TokenClaims): Promise<string> {
    return this.sign('refresh', claims, refreshSeconds);
  }

  /** @throws AppError unauthenticated */
  async verify(use: 'access' | 'refresh', token: string): Promise<TokenClaims> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        issuer: 'alley-chief',
        currentDate: this.clock.now(),
      });
      if (payload['use'] !== use || !payload.sub) throw new Error('wrong use');
      return {
        personId: payload.sub,
        sessionId: String(payload['sid']),
        refreshId: payload['rid'] as string | undefined,
      };
    } catch {
      throw new AppError('unauthenticated');
    }
  }
}
