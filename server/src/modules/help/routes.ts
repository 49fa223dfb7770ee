import { open, type Implementations } from '../../http/binder';
import type { DirectoryService } from '../directory/service';
import { helpActor, helpAsker, helpReader } from './policy';
import type { HelpService } from './service';

export const helpRoutes = (help: HelpService, directory: DirectoryService): Implementations => ({
  'GET /help-requests': {
    policy: open(),
    handle: ({ query, viewer }) => help.list(viewer, query),
  },
  'POST /help-requests': {
    policy: helpAsker(directory),
    handle: ({ body, viewer }) => help.ask(viewer, body),
  },
  'GET /help-requests/:id': {
    policy: helpReader(help),
    handle: ({ params, viewer }) => help.card(params.id, viewer),
  },
  'POST /help-requests/:id/actions': {
    policy: helpActor(help),
    handle: ({ params, body, viewer }) => {
      const { clientId, ...ask } = body;
      return help.act(params.id, viewer, clientId, ask);
    },
  },
});
