import { policy, type Policy } from '../../http/binder';
import { servesArea } from '../../http/viewer';
import type { DirectoryService } from '../directory/service';
import { maySee, mayTry, relationOf } from './relation';
import type { HelpService } from './service';

/** For oneself, for family, or as chief for a household of the own alley. */
export const helpAsker = (directory: DirectoryService): Policy<'POST /help-requests'> =>
  policy('selfFamilyOrChief', async ({ body, viewer }) => {
    const forId = body.forPersonId ?? viewer.personId;
    if (forId === viewer.personId) return true;
    const { householdId } = await directory.person(forId);
    if (!householdId) return false;
    if (householdId === viewer.householdId) return true;
    const { areaPath } = await directory.household(householdId);
    return servesArea(viewer, areaPath, 'alleyChief');
  });

export const helpReader = (help: HelpService): Policy<'GET /help-requests/:id'> =>
  policy('partyToHelp', async ({ params, viewer }) =>
    maySee(relationOf(await help.get(params.id), viewer)),
  );

/** Who may try what; somebody whose act was carried out may also repeat it after letting go. */
export const helpActor = (help: HelpService): Policy<'POST /help-requests/:id/actions'> =>
  policy('partyToHelpAction', async ({ params, body, viewer }) => {
    const h = await help.get(params.id);
    return (
      mayTry(relationOf(h, viewer), body.action) ||
      h.acts.some((a) => a.by === viewer.personId && a.clientId === body.clientId)
    );
  });
