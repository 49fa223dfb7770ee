import type { ArticleFields, ArticleProblem } from '@alley-chief/shared/contract';
import { noFields, problemsOf } from './fields';

/** What is wrong with a file, by its line. */
export interface FileProblem {
  line: number;
  message: string;
}

const keys: Record<string, Exclude<ArticleProblem['field'], 'body'>> = {
  title: 'title',
  category: 'category',
  region: 'region',
  source: 'source',
  'source-date': 'sourceDate',
  'valid-from': 'validFrom',
  'valid-to': 'validTo',
  words: 'words',
  sample: 'sample',
};

const blank: ArticleFields = { ...noFields, region: '/' };

/**
 * Reads an article from Markdown with front matter: `key: value` lines between two `---`, then
 * paragraphs. Keys are those of `keys`; unknown ones are errors, so that a slip is not silently lost.
 */
export const parseArticleFile = (
  text: string,
): { fields: ArticleFields; problems: FileProblem[] } => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((l, i) => i > 0 && l.trim() === '---');
  if (lines[0]?.trim() !== '---' || end < 0) {
    const message = '开头要有一段用 --- 上下围起来的说明（标题、类别、出处……）';
    return { fields: blank, problems: [{ line: 1, message }] };
  }
  const fields: ArticleFields = { ...blank };
  const problems: FileProblem[] = [];
  const lineOf = new Map<ArticleProblem['field'], number>();
  for (let i = 1; i < end; i++) {
    const line = lines[i]!.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf(':');
    const name = at > 0 ? line.slice(0, at).trim() : '';
    const field = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!field) {
      const known = Object.keys(keys).join('、');
      problems.push({ line: i + 1, message: `不认得“${name || line}”，只能写 ${known}` });
      continue;
    }
    if (lineOf.has(field)) {
      problems.push({ line: i + 1, message: `“${name}”写了两遍` });
      continue;
    }
    lineOf.set(field, i + 1);
    const value = line.slice(at + 1).trim();
    if (field !== 'sample') fields[field] = value;
    else if (value === 'true' || value === 'false') fields.sample = value === 'true';
    else problems.push({ line: i + 1, message: 'sample 只能写 true（样例）或 false' });
  }
  fields.body = lines.slice(end + 1).join('\n');
  for (const p of problemsOf(fields)) {
    // What is missing has no line of its own: it belongs between the two marks.
    const line = p.field === 'body' ? end + 1 + (p.line ?? 1) : (lineOf.get(p.field) ?? end + 1);
    problems.push({ line, message: p.message });
  }
  return { fields, problems: problems.sort((a, b) => a.line - b.line) };
};
