import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { articleOf } from '../../server/src/modules/article/fields';
import { parseArticleFile } from '../../server/src/modules/article/file';
import { parseSynonyms } from '../../server/src/seed/knowledge/files';
import { fromRoot } from './root';
import { createSegmenter } from '../../server/src/understanding/language/words';

export const knowledgeFolder = fromRoot('server/knowledge');

/** `group/id.md` of everything shipped. */
export const articleFiles = readdirSync(knowledgeFolder, { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .flatMap((g) =>
    readdirSync(path.join(knowledgeFolder, g.name)).map((name) => `${g.name}/${name}`),
  )
  .sort();

export const readArticle = (file: string) =>
  parseArticleFile(readFileSync(path.join(knowledgeFolder, file), 'utf8'));

/** The shipped articles, for tests that need no database. */
export const articles = articleFiles.map((file) =>
  articleOf(path.basename(file, '.md'), readArticle(file).fields),
);

export const synonyms = parseSynonyms(
  readFileSync(path.join(knowledgeFolder, 'synonyms.txt'), 'utf8'),
);

/** Loading the dictionary takes a fifth of a second: once a test file is enough. */
export const segmenter = createSegmenter();
