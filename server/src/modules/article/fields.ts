import { isCategory } from '@alley-chief/shared/domain';
import type { ArticleFields, ArticleProblem } from '@alley-chief/shared/contract';
import type { Article } from '../../understanding/types';

const limits = { title: 40, source: 80, word: 20, words: 60, paragraph: 400, body: 4000 };

const splitWords = (words: string): string[] => words.split(/[\s,，、;；]+/u).filter(Boolean);

interface Paragraph {
  text: string;
  /** Of the body, from 1. */
  line: number;
}

/** Paragraphs stand between blank lines; a heading belongs to the paragraph under it. */
export const paragraphsOf = (body: string): Paragraph[] => {
  const found: Paragraph[] = [];
  let open: Paragraph | undefined;
  let heading = false;
  for (const [i, raw] of body.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') {
      if (!heading) open = undefined;
      continue;
    }
    heading = /^#{1,4}\s/.test(line);
    const text = line.replace(/^#{1,4}\s+(.*)$/, '$1：').replace(/^[-*]\s+/, '· ');
    if (open && !heading) open.text += open.text.endsWith('：') ? text : `\n${text}`;
    else found.push((open = { text, line: i + 1 }));
  }
  return found;
};

/** A day that exists, `YYYY-MM-DD`. */
const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** An article nobody has written anything into yet. */
export const noFields: ArticleFields = {
  title: '',
  category: '',
  region: '',
  source: '',
  sourceDate: '',
  validFrom: '',
  validTo: '',
  words: '',
  sample: false,
  body: '',
};

/**
 * What keeps an article from being quoted; empty = well-formed. Lines are those of the body.
 * Importer and editor ask here alike.
 */
export const problemsOf = (f: ArticleFields): ArticleProblem[] => {
  const problems: ArticleProblem[] = [];
  const say = (field: ArticleProblem['field'], message: string, line?: number): void => {
    problems.push({ field, message, ...(line ? { line } : {}) });
  };
  if (!f.title.trim()) say('title', '还没写标题');
  else if (f.title.length > limits.title) say('title', `标题最多 ${limits.title} 个字`);
  if (!f.category.trim()) say('category', '还没选是哪一类');
  else if (!isCategory(f.category)) say('category', `没有“${f.category}”这一类，看看类别表`);
  if (!/^\/([a-z0-9-]+\/)*$/.test(f.region)) {
    say('region', `地区“${f.region}”不对，要写成 /xc/ 这样，到处都管用的写 /`);
  }
  if (!f.source.trim()) say('source', '还没写出处，是哪个文件、哪个单位说的');
  else if (f.source.length > limits.source) say('source', `出处最多 ${limits.source} 个字`);
  const days = [
    ['sourceDate', '出处日期'],
    ['validFrom', '起用日期'],
    ['validTo', '截止日期'],
  ] as const;
  for (const [field, name] of days) {
    if (f[field] && !isDay(f[field])) {
      say(field, `${name}“${f[field]}”不对，要写成 2026-01-31 这样`);
    }
  }
  if (isDay(f.validFrom) && isDay(f.validTo) && f.validTo < f.validFrom) {
    say('validTo', '截止日期比起用日期还早');
  }
  const words = splitWords(f.words);
  const long = words.find((w) => w.length > limits.word);
  if (words.length === 0) say('words', '还没写大家会咋问，用空格隔开写几个说法');
  else if (words.length > limits.words) say('words', `说法最多写 ${limits.words} 个`);
  else if (long) say('words', `“${long}”太长了，一个说法最多 ${limits.word} 个字`);
  const paragraphs = paragraphsOf(f.body);
  if (paragraphs.length === 0) say('body', '还没写正文');
  else if (f.body.length > limits.body) say('body', `正文最多 ${limits.body} 个字`);
  for (const p of paragraphs) {
    if (p.text.length > limits.paragraph) {
      say('body', `这一段太长了，最多 ${limits.paragraph} 个字，空一行分开`, p.line);
    }
  }
  return problems;
};

/** A well-formed article as the understanding reads it. */
export const articleOf = (id: string, f: ArticleFields): Article => ({
  id,
  title: f.title.trim(),
  words: splitWords(f.words),
  paragraphs: paragraphsOf(f.body).map((p) => p.text),
  source: f.source.trim(),
  category: f.category as Article['category'],
  region: f.region,
  sample: f.sample,
  ...(f.sourceDate ? { sourceDate: f.sourceDate } : {}),
  ...(f.validFrom ? { validFrom: f.validFrom } : {}),
  ...(f.validTo ? { validTo: f.validTo } : {}),
});
