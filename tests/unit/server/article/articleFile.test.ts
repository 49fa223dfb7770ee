import fc from 'fast-check';
import { articleOf } from '../../../../server/src/modules/article/fields';
import { parseArticleFile } from '../../../../server/src/modules/article/file';
import { parseSynonyms } from '../../../../server/src/seed/knowledge/files';
import { articleFiles, readArticle } from '../../../support/knowledge';

const head = {
  title: '老年证咋办',
  category: 'security.senior',
  region: '/xc/',
  source: '某市民政局文件',
  'source-date': '2026-01-01',
  'valid-from': '2026-01-01',
  'valid-to': '2026-12-31',
  words: '老年证 老年证~办',
  sample: 'true',
};
const file = (over: Partial<Record<keyof typeof head, string>> = {}, body = '带上身份证。') =>
  `---\n${Object.entries({ ...head, ...over })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n---\n\n${body}\n`;

describe('an article file', () => {
  it('is read into what may be quoted', () => {
    const { fields, problems } = parseArticleFile(
      file({}, '# 谁能办\n六十岁以上的。\n\n带上：\n- 身份证\n- 照片'),
    );
    expect(problems).toEqual([]);
    expect(articleOf('card', fields)).toEqual({
      id: 'card',
      title: '老年证咋办',
      category: 'security.senior',
      region: '/xc/',
      source: '某市民政局文件',
      sourceDate: '2026-01-01',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      words: ['老年证', '老年证~办'],
      sample: true,
      paragraphs: ['谁能办：六十岁以上的。', '带上：· 身份证\n· 照片'],
    });
  });

  it('may come from a Windows editor', () => {
    const { problems } = parseArticleFile(`\uFEFF${file().replaceAll('\n', '\r\n')}`);
    expect(problems).toEqual([]);
  });

  it.each([
    ['no title', file({ title: '' }), 2, '标题'],
    ['an unknown category', file({ category: 'security.cats' }), 3, 'security.cats'],
    ['a region that is no path', file({ region: '项城市' }), 4, '地区'],
    ['no source', file({ source: '' }), 5, '出处'],
    ['a day that does not exist', file({ 'valid-from': '2026-02-30' }), 7, '2026-02-30'],
    ['a day written otherwise', file({ 'source-date': '2026年1月' }), 6, '2026-01-31'],
    ['an end before its beginning', file({ 'valid-to': '2025-12-31' }), 8, '还早'],
    ['nothing people ask with', file({ words: '' }), 9, '咋问'],
    ['a sample that is neither', file({ sample: '是' }), 10, 'true'],
    ['no text', file({}, ''), 12, '正文'],
    ['a paragraph too long to quote', file({}, `好。\n\n${'长'.repeat(500)}`), 15, '太长'],
    ['a slip in a key', file().replace('words:', 'word:'), 9, 'word'],
    ['a key said twice', file().replace('words:', 'title: 又一个\nwords:'), 9, '两遍'],
    ['no front matter', '就一段话', 1, '---'],
    ['front matter that never ends', '---\ntitle: 没完\n', 1, '---'],
  ])('with %s says the line in plain Chinese', (_what, text, line, word) => {
    const { problems } = parseArticleFile(text);
    expect(problems).toContainEqual({ line, message: expect.stringContaining(word) });
    for (const p of problems) expect(p.message).toMatch(/[一-鿿]/);
  });

  it('says what is missing though no line holds it', () => {
    const { problems } = parseArticleFile('---\ntitle: 只有标题\n---\n正文');
    expect(problems.map((p) => p.line)).toEqual([3, 3, 3]);
  });

  it('is never quoted past what was checked, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (body) => {
        const { fields, problems } = parseArticleFile(file({}, body));
        if (problems.length > 0) return;
        const { paragraphs } = articleOf('x', fields);
        expect(paragraphs.length).toBeGreaterThan(0);
        for (const p of paragraphs) expect(p.trim()).not.toBe('');
      }),
    );
  });
});

describe('the articles shipped', () => {
  it.each(articleFiles)('%s is well-formed and marked as a sample', (name) => {
    const { fields, problems } = readArticle(name);
    expect(problems).toEqual([]);
    expect(fields.sample).toBe(true);
    expect(fields.source).toContain('样例政策');
  });

  it('are many, under ids of their own', () => {
    const ids = articleFiles.map((f) => f.split('/')[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(60);
  });

  it('name no amount: amounts are the city’s to say', () => {
    for (const name of articleFiles) {
      expect({ name, body: readArticle(name).fields.body }).not.toEqual({
        name,
        body: expect.stringMatching(/\d+(\.\d+)?\s*(元|块钱|万元|%)/),
      });
    }
  });
});

describe('the table of synonyms', () => {
  it('is read line by line', () => {
    expect(parseSynonyms('# 说明\n\n补贴: 补助 津贴\n医保：合作医疗')).toEqual([
      { word: '补贴', said: ['补助', '津贴'] },
      { word: '医保', said: ['合作医疗'] },
    ]);
  });

  it.each(['补贴', '补贴:', ': 补助', '一: 二: 三'])('refuses “%s” by its line', (line) => {
    expect(() => parseSynonyms(`# 一\n${line}`)).toThrow('第 2 行');
  });
});
