import type { EmergencyKind } from '../../types';
import { collapse } from './collapse';
import { drowning } from './drowning';
import { electric } from './electric';
import { fire } from './fire';
import { gas } from './gas';
import { medical } from './medical';
import { selfHarm } from './selfHarm';
import { traffic } from './traffic';
import type { EmergencyKnowledge } from './types';
import { violence } from './violence';

export { calm } from './calm';
export { secondCries } from './secondVoice';
export type { EmergencyKnowledge } from './types';

/** What every kind of emergency is learnt from. */
export const emergencyKnowledge: Record<EmergencyKind, EmergencyKnowledge> = {
  selfHarm,
  gas,
  fire,
  electric,
  collapse,
  drowning,
  violence,
  traffic,
  medical,
};
