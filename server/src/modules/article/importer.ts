import type { Connection } from 'mongoose';
import type { Viewer } from '../../http/viewer';
import type { Clock } from '../../kernel/clock';
import { inTransaction } from '../../kernel/transaction';
import { parseArticleFile } from './file';
import type { ArticleModels } from './model';
import { mayTakeBack } from './rights';

export interface ArticleImportDeps {
  db: Connection;
  models: ArticleModels;
  clock: Clock;
}

/** Files of a city's own: each well-formed one is handed in for review, by whoever brings it. */
export class ArticleImporter {
  constructor(private readonly deps: ArticleImportDeps) {}

  /** Repeating it changes nothing more. */
  async import(
    viewer: Viewer,
    { clientId, files }: { clientId: string; files: { name: string; text: string }[] },
  ): Promise<{
    stored: string[];
    errors: { file: string; line: number; message: string }[];
  }> {
    const stored: string[] = [];
    const errors: { file: string; line: number; message: string }[] = [];
    for (const { name, text } of files) {
      const { fields, problems } = parseArticleFile(text);
      if (problems.length > 0) {
        errors.push(...problems.map((p) => ({ file: name, ...p })));
        continue;
      }
      if (!mayTakeBack(viewer, fields.region)) {
        errors.push({ file: name, line: 1, message: '这个地区的文件不归您导入' });
        continue;
      }
      const id = name.replace(/\.md$/, '');
      if (await this.handIn(id, viewer, clientId, fields)) stored.push(id);
      else errors.push({ file: name, line: 1, message: '这一篇正在审，先审完再导入' });
    }
    return { stored, errors };
  }

  /** @returns false when the working copy is under review, or another brought it at the same moment */
  private handIn(
    id: string,
    viewer: Viewer,
    clientId: string,
    fields: ReturnType<typeof parseArticleFile>['fields'],
  ): Promise<boolean> {
    const at = this.deps.clock.now();
    const by = viewer.personId;
    return inTransaction(this.deps.db, async (session) => {
      const before = await this.deps.models.articles.findById(id).session(session).lean();
      if (before?.acts.some((a) => a.by === by && a.clientId === clientId)) return true;
      if (before?.state === 'inReview') return false;
      await this.deps.models.articles.updateOne(
        { _id: id },
        {
          $set: { state: 'inReview', fields, updatedAt: at, updatedBy: viewer.name },
          $unset: { sentBack: 1 },
          $addToSet: { editors: by },
          $push: {
            history: { at, by, name: viewer.name, what: '导入，送审' },
            acts: { $each: [{ by, clientId }], $slice: -30 },
          },
          $inc: { rev: 1 },
          $setOnInsert: { version: 0, authorId: by, createdAt: at },
        },
        { upsert: true, session },
      );
      return true;
    });
  }
}
