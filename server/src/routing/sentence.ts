import { categories, roleLabels } from '@alley-chief/shared/domain';
import { dutyRanks } from './duty';
import { tierName, type Grounds } from './reasons';

/**
 * One sentence a villager would accept: whose duty, why this person now. Says nothing of who was
 * passed over and why; of a confidential matter it does not even say who has it.
 */
export const sentenceFor = ({ matter, plan, choice, roster }: Grounds): string => {
  const { candidate, rank, standInFor } = choice.option;
  const { gender } = candidate;
  const name = candidate.callName ?? candidate.name;
  const they = gender ? (gender === 'f' ? '她' : '他') : name;
  const label = roster.shiftOf(candidate.personId)?.label ?? '';
  const awake = rank === dutyRanks.onDuty;
  const post = `${roleLabels[candidate.role]}${name}`;

  if (plan.mode === 'care') return '这件事只有专门负责的人知道，会悄悄来找您。';
  if (matter.confidential) return '这件事交给专人办，别的人不经手。';
  if (plan.mode === 'complaint') return `这件事由${post}接，别的人不经手。`;
  if (plan.mode === 'emergency')
    return awake ? `这是急事，先找${post}，${they}${label}。` : `这是急事，先找${post}。`;
  if (plan.mode === 'undecided') return `这事一时说不准归谁，先请${name}问清楚。`;

  const thing = categories[matter.category].name;
  if (choice.tier.kind === 'line') {
    const lead = plan.rule ? `管${thing}的这会儿找不到人` : `${thing}还没定归谁管`;
    return `${lead}，先由${post}接着。`;
  }
  const duty = `${thing}归${tierName(choice.tier)}管`;
  if (!awake) return `${duty}，这会儿没人在岗，先记到${name}名下。`;
  if (standInFor !== undefined) return `${duty}，${name}替同事接，${they}${label}。`;
  if (choice.tier.kind === 'wider') return `${duty}，邻近的${name}${label}，先接着。`;
  const rivals = choice.options.filter((o) => o.rank === dutyRanks.onDuty);
  return `${duty}，${they}${label}${rivals.length > 1 ? '，手里活最少' : ''}。`;
};
