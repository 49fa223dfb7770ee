import { open, type Implementations } from '../../http/binder';
import type { ConversationService } from '../conversation/service';
import type { DirectoryService } from '../directory/service';
import { caseDetail, type DetailDeps } from './detail';
import type { CaseLists } from './lists';
import type { CaseDoc } from './model';
import { mayKnowCase, mayServeCase, onOwnGround } from './policy';
import type { StaffReports } from './staffReport';
import type { CaseSteps } from './steps';
import { openCaseThread } from './staffThread';

export interface CaseRouteDeps extends DetailDeps {
  lists: CaseLists;
  steps: CaseSteps;
  reports: StaffReports;
  conversations: ConversationService;
  directory: DirectoryService;
}

export const caseRoutes = (deps: CaseRouteDeps): Implementations => {
  const known = mayKnowCase(deps.cases);
  const detail = async (c: CaseDoc, viewer: Parameters<typeof caseDetail>[1]) =>
    caseDetail(c, viewer, deps);
  return {
    'GET /cases': {
      policy: open(),
      handle: async ({ viewer, query }) => {
        const { counts, ...page } = await deps.lists.list(viewer, query);
        return { ...page, counts: counts as never };
      },
    },
    'POST /cases': {
      policy: onOwnGround(deps.directory),
      handle: async ({ viewer, body }) => detail(await deps.reports.open(viewer, body), viewer),
    },
    'GET /cases/:id': {
      policy: known,
      handle: async ({ params, viewer }) => detail(await deps.cases.get(params.id), viewer),
    },
    'GET /cases/:id/reporters': {
      policy: mayServeCase(deps.cases),
      handle: async ({ params, viewer, query }) =>
        deps.events.reporters(await deps.cases.get(params.id), viewer, query),
    },
    'POST /cases/:id/actions': {
      policy: known,
      handle: async ({ params, viewer, body }) =>
        detail(await deps.steps.act(params.id, viewer, body), viewer),
    },
    'POST /cases/:id/thread': {
      policy: known,
      handle: async ({ params, viewer }) =>
        openCaseThread(await deps.cases.get(params.id), viewer, deps),
    },
  };
};
