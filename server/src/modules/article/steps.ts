import type { BodyOf, CardAction } from '@alley-chief/shared/contract';
import type { Viewer } from '../../http/viewer';
import { AppError } from '../../kernel/errors';
import { problemsOf } from './fields';
import type { ArticleDoc } from './model';
import { button } from './present';

/** What one act changes. */
export interface Step {
  /** For the audit trail. */
  what: string;
  note?: string;
  set: Partial<ArticleDoc>;
  unset?: (keyof ArticleDoc)[];
  /** Whoever does it becomes one of the editors. */
  editor?: boolean;
}

const written: ArticleDoc['state'][] = ['draft', 'sentBack'];

/**
 * draft → inReview → published, or back with a reason; from anywhere to withdrawn.
 * @throws AppError wrongStep, invalid
 */
export const stepOf = (
  doc: ArticleDoc,
  { action, reason }: BodyOf<'POST /articles/:id/actions'>,
  viewer: Viewer,
): Step => {
  switch (action) {
    case 'submit': {
      if (!written.includes(doc.state)) throw new AppError('wrongStep');
      wellFormed(doc);
      return { what: '送审', set: { state: 'inReview' }, unset: ['sentBack'], editor: true };
    }
    case 'publish':
      if (doc.state !== 'inReview') throw new AppError('wrongStep');
      wellFormed(doc);
      return {
        what: '审过，发布',
        ...(reason ? { note: reason } : {}),
        set: { state: 'published', live: doc.fields, version: doc.version + 1, editors: [] },
      };
    case 'sendBack':
      if (doc.state !== 'inReview') throw new AppError('wrongStep');
      if (!reason) throw new AppError('invalid', { field: 'reason' }, '写一句为啥退回去');
      return {
        what: '退回去改',
        note: reason,
        set: { state: 'sentBack', sentBack: { by: viewer.name, reason } },
      };
    case 'withdraw':
      if (doc.state === 'withdrawn') throw new AppError('wrongStep');
      return {
        what: '撤下',
        ...(reason ? { note: reason } : {}),
        set: { state: 'withdrawn' },
        unset: ['live', 'sentBack'],
      };
  }
};

const wellFormed = (doc: ArticleDoc): void => {
  const problems = problemsOf(doc.fields);
  if (problems[0]) throw new AppError('invalid', { problems }, problems[0].message);
};

export interface Standing {
  writes: boolean;
  reviews: boolean;
  takesBack: boolean;
  /** One of the editors of the working copy. */
  wrote: boolean;
}

/** The buttons a viewer gets. */
export const actionsOf = (doc: ArticleDoc, who: Standing): CardAction[] => {
  const actions: CardAction[] = [];
  if (doc.state === 'inReview') {
    if (who.reviews) {
      actions.push(
        button('publish', '发布', 'filled'),
        button('sendBack', '退回去改', 'outline', { needs: ['reason'] }),
      );
    }
  } else if (who.writes) {
    actions.push(button('edit', doc.state === 'published' ? '改一版' : '接着写', 'outline'));
    if (written.includes(doc.state)) actions.push(button('submit', '送审', 'filled'));
  }
  const own = doc.version === 0 && who.wrote;
  if (doc.state !== 'withdrawn' && (who.takesBack || own)) {
    actions.push(button('withdraw', doc.live ? '撤下来' : '不要了', 'text'));
  }
  return actions;
};
