import type { CategoryCode } from '@alley-chief/shared/domain';
import type { CaseDoc, CaseModels } from './model';

/** What a settled case teaches: somebody's words, and what they turned out to be about. */
export interface LessonRow {
  caseId: string;
  text: string;
  category: CategoryCode;
  /** Said by a person against or without a guess, or shown by an end nobody objected to. */
  source: 'corrected' | 'confirmed';
  /** When it was settled. */
  at: Date;
  guess?: CaseDoc['guess'];
}

export interface Settled {
  settled: number;
  right: number;
}

const ended: CaseDoc['state'][] = ['resolved', 'rated'];
/** Confidential words teach nothing: they must not echo in what a model knows. */
const open = { confidential: { $ne: true } } as const;
const confirmed = {
  ...open,
  state: { $in: ended },
  guess: { $exists: true },
  lesson: { $exists: false },
};
const weekMs = 7 * 24 * 3_600_000;

/**
 * Lessons are read from the cases themselves and kept nowhere else: the reporter's words stay where
 * they are, and what is deleted there is forgotten here.
 */
export class CaseLessons {
  constructor(private readonly models: CaseModels) {}

  /** The newest lessons, oldest of them first. */
  async recent(limit: number): Promise<LessonRow[]> {
    const fields = { text: 1, category: 1, lesson: 1, guess: 1, resolvedAt: 1 };
    const { cases } = this.models;
    const [said, shown] = await Promise.all([
      cases
        .find({ ...open, 'lesson.at': { $gt: new Date(0) } }, fields)
        .sort({ 'lesson.at': -1 })
        .limit(limit)
        .lean(),
      cases
        .find({ ...confirmed, resolvedAt: { $gt: new Date(0) } }, fields)
        .sort({ resolvedAt: -1 })
        .limit(limit)
        .lean(),
    ]);
    return [...said.map(asLesson), ...shown.map(asLesson)]
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .slice(-limit);
  }

  async counts(since: Date): Promise<{ corrected: number; confirmed: number; fresh: number }> {
    const { cases } = this.models;
    const [corrected, shown, freshSaid, freshShown] = await Promise.all([
      cases.countDocuments({ ...open, 'lesson.at': { $gt: new Date(0) } }),
      cases.countDocuments(confirmed),
      cases.countDocuments({ ...open, 'lesson.at': { $gt: since } }),
      cases.countDocuments({ ...confirmed, resolvedAt: { $gt: since } }),
    ]);
    return { corrected, confirmed: shown, fresh: freshSaid + freshShown };
  }

  /** Guesses of the last `weeks` weeks that have been settled, by the week they were made in. */
  async weeks(now: Date, weeks: number): Promise<(Settled & { from: Date })[]> {
    // The last week ends after this very moment.
    const start = new Date(now.getTime() + 1 - weeks * weekMs);
    const rows = await this.models.cases.aggregate<Settled & { _id: number }>([
      { $match: { ...settledSince(start) } },
      {
        $group: {
          _id: { $floor: { $divide: [{ $subtract: ['$openedAt', start] }, weekMs] } },
          settled: { $sum: 1 },
          right: { $sum: { $cond: [{ $eq: ['$guess.category', '$category'] }, 1, 0] } },
        },
      },
    ]);
    const byWeek = new Map(rows.map((r) => [r._id, r]));
    return Array.from({ length: weeks }, (_, i) => ({
      from: new Date(start.getTime() + i * weekMs),
      settled: byWeek.get(i)?.settled ?? 0,
      right: byWeek.get(i)?.right ?? 0,
    }));
  }

  /** What was taken for what since a moment, most often first. */
  async confusions(
    since: Date,
    limit: number,
  ): Promise<{ guessed: CategoryCode; was: CategoryCode; times: number }[]> {
    const rows = await this.models.cases.aggregate<{
      _id: { guessed: CategoryCode; was: CategoryCode };
      times: number;
    }>([
      { $match: settledSince(since) },
      { $match: { $expr: { $ne: ['$guess.category', '$category'] } } },
      { $group: { _id: { guessed: '$guess.category', was: '$category' }, times: { $sum: 1 } } },
      { $sort: { times: -1, '_id.guessed': 1, '_id.was': 1 } },
      { $limit: limit },
    ]);
    return rows.map(({ _id, times }) => ({ ..._id, times }));
  }
}

const settledSince = (start: Date) => ({
  ...open,
  openedAt: { $gte: start },
  guess: { $exists: true },
  $or: [{ lesson: { $exists: true } }, { state: { $in: ended } }],
});

const asLesson = (
  c: Pick<CaseDoc, '_id' | 'text' | 'category' | 'lesson' | 'guess' | 'resolvedAt'>,
): LessonRow => ({
  caseId: c._id,
  text: c.text,
  category: c.lesson?.category ?? c.category,
  source: c.lesson ? 'corrected' : 'confirmed',
  at: c.lesson?.at ?? c.resolvedAt!,
  ...(c.guess ? { guess: c.guess } : {}),
});
