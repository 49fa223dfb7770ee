import { AppError } from '../../kernel/errors';
import { open, type Implementations } from '../../http/binder';
import type { DirectoryService } from '../directory/service';
import type { SessionService } from './service';

export const sessionRoutes = (
  sessions: SessionService,
  directory: DirectoryService,
  townName: () => Promise<string>,
): Implementations => ({
  'GET /auth/personas': {
    policy: open(),
    handle: async () => ({
      personas: await sessions.personas(),
      townName: await townName(),
      notice: '演示用，人名和事都是编的',
    }),
  },
  'POST /auth/persona': {
    policy: open(),
    handle: ({ body }) => sessions.signInAsPersona(body.personaId),
  },
  'POST /auth/wechat': {
    policy: open(),
    handle: () => {
      throw new AppError('notConfigured', undefined, '还没接通微信登录，演示时请选一个人物');
    },
  },
  'POST /auth/refresh': {
    policy: open(),
    handle: ({ body }) => sessions.refresh(body.refreshToken),
  },
  'POST /auth/sign-out': {
    policy: open(),
    handle: async ({ viewer }) => {
      await sessions.revoke(viewer.sessionId);
      return { done: true };
    },
  },
  'GET /me': { policy: open(), handle: ({ viewer }) => sessions.me(viewer.personId) },
  'PATCH /me': {
    policy: open(),
    handle: async ({ viewer, body }) => {
      await directory.setElderMode(viewer.personId, body.elderMode);
      return sessions.me(viewer.personId);
    },
  },
});
