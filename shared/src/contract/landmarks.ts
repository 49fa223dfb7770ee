import { z } from 'zod';
import { endpoint } from './endpoint';
import { clientId, id, isoTime, pageOf, pageQuery } from './primitives';
import type { Role } from '../domain/roles';

/** Who knows what people call the spots of their ground. */
const keepers = ['alleyChief', 'gridWorker'] as const satisfies readonly Role[];

/** As people say it: 老槐树底下. Two characters at least: one would be heard in every message. */
const spotName = (max: number) =>
  z
    .string()
    .trim()
    .min(2, '地名至少两个字')
    .max(max, `地名最多 ${max} 个字`)
    .regex(/^[\p{L}\p{N}]+$/u, '地名里只写字和数字');

export const landmark = z.object({
  id,
  name: z.string(),
  /** Other names of the same spot. */
  aliases: z.array(z.string()),
  areaId: id,
  areaName: z.string(),
  addedBy: z.string(),
  addedAt: isoTime,
});
export type Landmark = z.infer<typeof landmark>;

export const landmarkEndpoints = {
  'GET /landmarks': endpoint({
    operationId: 'listLandmarks',
    summary: 'The spots of the own ground that people name and the directory does not',
    access: keepers,
    query: pageQuery,
    reply: pageOf(landmark),
  }),
  'POST /landmarks': endpoint({
    operationId: 'addLandmark',
    summary: 'Name a spot of the own ground; messages that name it find it from now on',
    access: keepers,
    body: z.object({
      clientId,
      name: spotName(20),
      aliases: z.array(spotName(12)).max(8, '别的叫法最多写 8 个').default([]),
      /** The own alley or grid unless another part of the own ground is named. */
      areaId: id.optional(),
    }),
    reply: landmark,
    status: 201,
    errors: ['conflict'],
  }),
  'DELETE /landmarks/:id': endpoint({
    operationId: 'removeLandmark',
    summary: 'Take a spot of the own ground off; who added and who removed it stays recorded',
    access: keepers,
    params: z.object({ id }),
    reply: z.object({ done: z.literal(true) }),
  }),
} as const;
