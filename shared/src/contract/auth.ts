import { z } from 'zod';
import { endpoint } from './endpoint';
import { id } from './primitives';
import { roles } from '../domain/roles';

const tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.number().int(),
});
export type Tokens = z.infer<typeof tokens>;

/** Somebody to be in demo mode. */
export const persona = z.object({
  id,
  name: z.string(),
  surname: z.string(),
  callName: z.string(),
  /** 村民, 长辈版, 胡同长, 网格员, 志愿者, 办事单位, 网格长, 治理中心 */
  label: z.string(),
  /** One line on what they do, with live figures where there are any. */
  line: z.string(),
  tone: z.enum(['chief', 'household', 'worker', 'volunteer']),
  home: z.enum(['chat', 'inbox', 'queue', 'help', 'desk']),
  elder: z.boolean(),
  /** The duty desk is shown as the large entrance on a PC. */
  featured: z.boolean(),
});
export type Persona = z.infer<typeof persona>;

export const me = z.object({
  id,
  name: z.string(),
  surname: z.string(),
  callName: z.string(),
  elderMode: z.boolean(),
  roles: z.array(
    z.object({ role: z.enum(roles), label: z.string(), area: z.string(), areaName: z.string() }),
  ),
  /** Where this person starts. */
  home: z.enum(['chat', 'inbox', 'queue', 'help', 'desk']),
  household: z
    .object({ id, plate: z.string(), conversationId: id, members: z.number().int() })
    .optional(),
  /** The chief of the own alley, for the chat's head and the one-button call. */
  chief: z
    .object({
      id,
      name: z.string(),
      surname: z.string(),
      callName: z.string(),
      areaName: z.string(),
      phone: z.string(),
      online: z.boolean(),
    })
    .optional(),
  phoneMasked: z.string().optional(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const authEndpoints = {
  'GET /auth/personas': endpoint({
    operationId: 'listPersonas',
    summary: 'People to be, in demo mode only',
    access: 'public',
    reply: z.object({ personas: z.array(persona), townName: z.string(), notice: z.string() }),
    errors: ['demoOnly'],
  }),
  'POST /auth/persona': endpoint({
    operationId: 'signInAsPersona',
    summary: 'Sign in as a demo persona',
    access: 'public',
    body: z.object({ personaId: id }),
    reply: tokens.extend({ me }),
    errors: ['demoOnly'],
    perMinute: 60,
  }),
  'POST /auth/wechat': endpoint({
    operationId: 'signInWithWechat',
    summary: 'Sign in with a code from wx.login (answers notConfigured until WeChat is connected)',
    access: 'public',
    body: z.object({ code: z.string().min(1).max(200) }),
    reply: tokens.extend({ me }),
    errors: ['notConfigured'],
    perMinute: 30,
  }),
  'POST /auth/refresh': endpoint({
    operationId: 'refreshTokens',
    summary: 'A new pair of tokens; the old refresh token ends, using it twice ends the session',
    access: 'public',
    body: z.object({ refreshToken: z.string().min(10).max(4000) }),
    reply: tokens,
    perMinute: 60,
  }),
  'POST /auth/sign-out': endpoint({
    operationId: 'signOut',
    summary: 'End this session on the server',
    access: 'signedIn',
    reply: z.object({ done: z.literal(true) }),
  }),
  'GET /me': endpoint({
    operationId: 'getMe',
    summary: 'The signed-in person with roles, household and chief',
    access: 'signedIn',
    reply: me,
  }),
  'PATCH /me': endpoint({
    operationId: 'updateMe',
    summary: 'Change own settings',
    access: 'signedIn',
    body: z.object({ elderMode: z.boolean() }),
    reply: me,
  }),
} as const;
