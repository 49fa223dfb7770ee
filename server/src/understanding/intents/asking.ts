import { groupOf, type CategoryCode } from '@alley-chief/shared/domain';
import type { Entities, Intent, Slot, UnderstandingInput } from '../types';

/** Somebody has to go there, so the spot must be known; everything else happens at home or a desk. */
const onTheGround = new Set<CategoryCode>([
  'safety.fire',
  'safety.hazard',
  'safety.order',
  'safety.traffic',
  'safety.dogs',
  'environment.garbage',
  'environment.sewage',
  'environment.noise',
  'environment.burning',
  'environment.toilet',
  'environment.pollution',
  'roads.light',
  'roads.surface',
  'roads.manhole',
  'roads.obstruct',
  'roads.trees',
  'housing.illegal',
  'farm.irrigation',
  'health.food',
  'market.price',
  'market.vendor',
]);
/** A picture tells whoever comes what to bring. */
const visible = new Set<CategoryCode>([
  'safety.fire',
  'safety.hazard',
  'safety.traffic',
  'environment.garbage',
  'environment.sewage',
  'environment.burning',
  'environment.toilet',
  'environment.pollution',
  'roads.light',
  'roads.surface',
  'roads.manhole',
  'roads.obstruct',
  'roads.trees',
  'housing.unsafe',
  'housing.illegal',
  'farm.pest',
  'farm.supply',
  'health.food',
  'utilities.water',
]);
const timed = new Set<CategoryCode>(['environment.noise', 'elder.care', 'safety.order']);

/** What is worth asking, most useful first, at most two. Never for what cannot wait or needs nothing. */
export const missingSlots = (
  intent: Intent,
  category: CategoryCode | undefined,
  entities: Entities,
  input: UnderstandingInput,
): Slot[] => {
  if (intent === 'unclear') return input.hasPhoto || input.hasVoice ? ['what'] : ['what'];
  if (intent !== 'concern' && intent !== 'elderHelp') return [];
  if (!category) return ['what'];
  const slots: Slot[] = [];
  if (category === 'other.unclear') slots.push('what');
  const placed = input.hasLocation || entities.places.length > 0;
  if (intent === 'concern' && onTheGround.has(category) && !placed) slots.push('place');
  if (intent === 'concern' && visible.has(category) && !input.hasPhoto) slots.push('photo');
  const when = timed.has(category) || (intent === 'elderHelp' && groupOf(category) === 'elder');
  if (when && entities.times.length === 0) slots.push('time');
  return slots.slice(0, 2);
};
