import { policy, type Policy } from '../../http/binder';
import { servesArea } from '../../http/viewer';
import type { DirectoryService } from '../directory/service';
import { maySee } from './actors';
import { serves } from './event/effects';
import type { CaseService } from './service';

/** Those who work on a case; the household that reported it sees none of the others. */
export const mayServeCase = (cases: CaseService): Policy<'GET /cases/:id/reporters'> =>
  policy<'GET /cases/:id/reporters'>('mayServeCase', async ({ params, viewer }) =>
    serves(await cases.get(params.id), viewer),
  );

type CaseRoute = 'GET /cases/:id' | 'POST /cases/:id/actions' | 'POST /cases/:id/thread';

/** Reporter, household, holder, and staff of the ground; never a person it is about. */
export const mayKnowCase = (cases: CaseService): Policy<CaseRoute> =>
  policy<CaseRoute>('mayKnowCase', async ({ params, viewer }) =>
    maySee(await cases.get(params.id), viewer),
  );

/** Staff open cases on their own ground only. */
export const onOwnGround = (directory: DirectoryService): Policy<'POST /cases'> =>
  policy('householdOnOwnGround', async ({ body, viewer }) => {
    if (!body.householdId) return true;
    const { areaPath } = await directory.household(body.householdId);
    return servesArea(
      viewer,
      areaPath,
      'alleyChief',
      'gridWorker',
      'gridLeader',
      'gridSupervisor',
      'dispatcher',
      'admin',
    );
  });
