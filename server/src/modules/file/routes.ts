import { open, type Implementations } from '../../http/binder';
import type { FileService } from './service';
import { readUpload } from './upload';

export const fileRoutes = (files: FileService): Implementations => ({
  'POST /files': {
    policy: open(),
    handle: async ({ koa, viewer }) => files.store(await readUpload(koa), viewer.personId),
  },
  'GET /files/:id': {
    // The address is the credential: signed for one person, who must still be allowed to see it.
    policy: open(),
    handle: async ({ params, query, koa }) => {
      const { file, stream } = await files.open(params.id, query);
      koa.type = file.metadata.contentType;
      koa.length = file.length;
      koa.set('Cache-Control', 'private, max-age=3600');
      koa.set('Content-Disposition', 'inline');
      koa.set('X-Content-Type-Options', 'nosniff');
      koa.body = stream;
      return undefined;
    },
  },
});
