import type { Slot } from '../../understanding/types';
import type { ThreadTx } from '../conversation/thread';
import type { CaseDoc, CaseModels } from './model';

/** The case changed between reading and writing: read again. */
export class CaseMoved extends Error {}

export interface CaseNote {
  by: { id: string; name: string };
  /** Word for the timeline: 住户补充, 住户回话 … */
  what: string;
  text: string;
  photos?: string[];
  /** Answers of the missing-slot questions that are left. */
  asking?: Slot[];
  /** Where it is, in the household's words, and as a plate shows it. */
  placeText?: string;
  plateText?: string;
  point?: { longitude: number; latitude: number };
}

/**
 * Adds what the household says later to their case; a case that waited for an answer goes on.
 * @throws CaseMoved
 */
export const noteInTx = async (
  models: CaseModels,
  tx: ThreadTx,
  c: CaseDoc,
  note: CaseNote,
  now: Date,
): Promise<void> => {
  const entry = {
    at: now,
    action: 'note',
    byId: note.by.id,
    by: note.by.name,
    text: `${note.what}：${note.text}`,
    photos: note.photos ?? [],
  };
  const result = await models.cases.updateOne(
    { _id: c._id, rev: c.rev },
    {
      $set: {
        updatedAt: now,
        ...(c.state === 'waitingReporter' ? { state: 'handling' as const } : {}),
        ...(note.asking ? { asking: note.asking } : {}),
        ...(note.placeText ? { placeText: note.placeText } : {}),
        ...(note.plateText ? { plateText: note.plateText } : {}),
        ...(note.point ? { point: note.point } : {}),
      },
      $inc: { rev: 1 },
      $push: {
        timeline: entry,
        ...(note.photos?.length ? { photos: { $each: note.photos } } : {}),
      },
    },
    { session: tx.session },
  );
  if (result.modifiedCount === 0) throw new CaseMoved();
};
