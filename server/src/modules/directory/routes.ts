import { open, type Implementations } from '../../http/binder';
import { readBytes } from '../../http/body';
import type { Importer } from './importer';
import type { LandmarkService } from './landmarks';
import type { RosterService } from './roster';

/** 20 MB: a county's people at about 300 bytes a line come in a few files. */
const importLimit = 20 * 1024 * 1024;

export const directoryRoutes = (
  roster: RosterService,
  importer: Importer,
  landmarks: LandmarkService,
): Implementations => ({
  'GET /areas': {
    policy: open(),
    handle: async ({ viewer, query }) => {
      const page = await roster.areas(viewer, query);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((a) => ({
          id: a._id,
          kind: a.kind,
          name: a.name,
          path: a.path,
          parentId: a.parentId,
          households: a.households ?? 0,
          polygon: a.polygon?.coordinates as [number, number][][] | undefined,
        })),
      };
    },
  },
  'GET /people': { policy: open(), handle: ({ viewer, query }) => roster.people(viewer, query) },
  'POST /leaves': { policy: open(), handle: ({ viewer, body }) => roster.takeLeave(viewer, body) },
  'DELETE /leaves/:id': {
    policy: open(),
    handle: async ({ viewer, params }) => {
      await roster.endLeave(viewer, params.id);
      return { done: true };
    },
  },
  'GET /landmarks': {
    policy: open(),
    handle: ({ viewer, query }) => landmarks.list(viewer, query),
  },
  'POST /landmarks': {
    policy: open(),
    handle: ({ viewer, body }) => landmarks.add(viewer, body),
  },
  'DELETE /landmarks/:id': {
    policy: open(),
    handle: async ({ viewer, params }) => {
      await landmarks.remove(viewer, params.id);
      return { done: true };
    },
  },
  'POST /imports/:kind': {
    policy: open(),
    handle: async ({ params, koa }) =>
      importer.import(params.kind, (await readBytes(koa, importLimit)).toString('utf8')),
  },
});
