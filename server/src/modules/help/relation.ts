import { servesArea, type Viewer } from '../../http/viewer';
import type { HelpDoc } from './model';

/** What somebody is to a request for help. */
export interface Relation {
  /** It is for them. */
  elder: boolean;
  /** Lives in the household. */
  home: boolean;
  /** Has accepted it. */
  holder: boolean;
  /** A volunteer of that ground who does not live there: may accept. */
  offered: boolean;
  /** The chief of the alley. */
  chief: boolean;
  /** Asked for it. */
  asker: boolean;
}

export const relationOf = (h: HelpDoc, viewer: Viewer): Relation => {
  const home = viewer.householdId === h.householdId;
  return {
    elder: viewer.personId === h.elderId,
    home,
    holder: viewer.personId === h.volunteerId,
    // Nobody earns hours for helping at home.
    offered: !home && servesArea(viewer, h.areaPath, 'volunteer'),
    chief: servesArea(viewer, h.areaPath, 'alleyChief'),
    asker: viewer.personId === h.askedById,
  };
};

export const maySee = (r: Relation): boolean =>
  r.home || r.holder || r.offered || r.chief || r.asker;

/** Knows who it is: the household itself, its chief, and the one who goes. */
export const knowsWho = (r: Relation): boolean => r.home || r.holder || r.chief;

/** May at least try this action; whether the request is at that step is decided later. */
export const mayTry = (r: Relation, action: HelpAction): boolean => {
  switch (action) {
    case 'accept':
      return r.offered;
    case 'step':
    case 'release':
    case 'done':
      return r.holder;
    case 'confirm':
    case 'rate':
      return r.home;
    case 'cancel':
      return r.home || r.asker;
  }
};

export type HelpAction = 'accept' | 'step' | 'release' | 'done' | 'confirm' | 'rate' | 'cancel';
