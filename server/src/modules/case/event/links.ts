import type { ClientSession } from 'mongoose';
import { newId } from '../../../kernel/ids';
import type { CaseModels } from '../model';
import type { LinkDoc } from './model';

type Pairing = Pick<LinkDoc, 'caseId' | 'leadId'>;

/** Sets what two cases have to do with each other, whatever it was. */
export const link = async (
  models: CaseModels,
  session: ClientSession,
  pair: Pairing,
  set: Pick<LinkDoc, 'state' | 'at'> & Partial<Pick<LinkDoc, 'by' | 'why' | 'score' | 'reasons'>>,
): Promise<void> => {
  await models.links.updateOne(
    { caseId: pair.caseId, leadId: pair.leadId },
    {
      $set: set,
      $inc: { rev: 1 },
      $setOnInsert: { _id: newId('l'), ...(set.reasons ? {} : { reasons: [] }) },
    },
    { session, upsert: true },
  );
};

/**
 * Answers a suggestion.
 * @returns false when it was answered before, or never made
 */
export const reject = async (
  models: CaseModels,
  session: ClientSession,
  pair: Pairing,
  by: NonNullable<LinkDoc['by']>,
  at: Date,
): Promise<boolean> => {
  const result = await models.links.updateOne(
    { ...pair, state: 'suggested' },
    { $set: { state: 'rejected', by, at }, $inc: { rev: 1 } },
    { session },
  );
  return result.modifiedCount === 1;
};
