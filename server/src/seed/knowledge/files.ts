import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ArticleFields } from '@alley-chief/shared/contract';
import { parseArticleFile } from '../../modules/article/file';
import type { SynonymGroup } from '../../understanding/types';

/** What the product ships to start with, until a city writes its own. */
export interface ShippedKnowledge {
  articles: { id: string; fields: ArticleFields }[];
  synonyms: SynonymGroup[];
}

/**
 * Reads `<group>/<id>.md` and `synonyms.txt` of a folder.
 * @throws Error naming file, line and what is wrong
 */
export const readKnowledge = async (folder: string): Promise<ShippedKnowledge> => {
  const groups = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory());
  const files = await Promise.all(
    groups.map(async (g) =>
      (await readdir(path.join(folder, g.name)))
        .filter((name) => name.endsWith('.md'))
        .map((name) => path.join(g.name, name)),
    ),
  );
  const articles = await Promise.all(
    files
      .flat()
      .sort()
      .map(async (file) => {
        const { fields, problems } = parseArticleFile(
          await readFile(path.join(folder, file), 'utf8'),
        );
        const [first] = problems;
        if (first) throw new Error(`${file} 第 ${first.line} 行：${first.message}`);
        return { id: path.basename(file, '.md'), fields };
      }),
  );
  const synonyms = parseSynonyms(await readFile(path.join(folder, 'synonyms.txt'), 'utf8'));
  return { articles, synonyms };
};

/**
 * `word: said said` a line, `#` before what is only for the reader.
 * @throws Error naming the line
 */
export const parseSynonyms = (text: string): SynonymGroup[] =>
  text.split(/\r?\n/).flatMap((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const [word, said, ...more] = line.split(/[:：]/).map((part) => part.trim());
    if (!word || !said || more.length) {
      throw new Error(`同义词表第 ${i + 1} 行要写成“文章里的说法: 嘴上的说法 嘴上的说法”`);
    }
    return [{ word, said: said.split(/\s+/) }];
  });
