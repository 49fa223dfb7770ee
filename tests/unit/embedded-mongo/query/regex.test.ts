import { TestDatabase } from '../support';

const database = new TestDatabase();
beforeAll(() => database.start());
afterAll(() => database.stop());

const texts = () => database.db.collection<{ _id: number; s: string }>('regex');

/** The texts that a pattern matches. */
async function matching(all: string[], pattern: string, options = ''): Promise<string[]> {
  await texts().deleteMany({});
  await texts().insertMany(all.map((s, _id) => ({ _id, s })));
  const found = await texts()
    .find({ s: { $regex: pattern, $options: options } })
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ s }) => s);
}

describe('a regular expression', () => {
  it.each<[string, string, string, string[], string[]]>([
    ['$ stands before a last line end', 'a$', '', ['a', 'a\n', 'a\nb', 'a\r'], ['a', 'a\n']],
    ['$ and ^ by lines with m', '^b$', 'm', ['a\nb\nc', 'a\rb', 'b'], ['a\nb\nc', 'b']],
    ['. matches all but \\n', '^a.b$', '', ['a\nb', 'a\rb', 'a\u2028b'], ['a\rb', 'a\u2028b']],
    ['. matches everything with s', 'a.b', 's', ['a\nb'], ['a\nb']],
    ['. is one character beyond the basic plane', '^.$', '', ['😀', 'ab'], ['😀']],
    ['blanks and comments with x', 'a b # c\n [ ]', 'x', ['ab ', 'ab', 'a b '], ['ab ']],
    ['i ignores case', 'ÄB', 'i', ['äb', 'ÄB', 'ab'], ['äb', 'ÄB']],
    ['options in front', '(?i)(?s)a.b', '', ['A\nB'], ['A\nB']],
    ['u is accepted', 'ä', 'u', ['ä'], ['ä']],
    ['\\A and \\z', '\\Aab\\z', 'm', ['ab', 'ab\n', 'x\nab'], ['ab']],
    ['\\Z', 'ab\\Z', '', ['ab', 'ab\n', 'ab\nc'], ['ab', 'ab\n']],
    ['\\s is ASCII', '^\\s$', '', [' ', '\t', '\u00a0'], [' ', '\t']],
    ['\\h is not', '^\\h$', '', [' ', '\n', '\u00a0'], [' ', '\u00a0']],
    ['POSIX classes', '^[[:alpha:]_]+$', '', ['a_b', 'a1', ':'], ['a_b']],
    ['properties', '^\\p{Lu}\\p{Han}$', '', ['A字', 'a字', 'p{Lu}'], ['A字']],
    ['quoted text', '^\\Qa.b\\E$', '', ['a.b', 'axb'], ['a.b']],
    ['code points', '^\\x{5b57}\\x41$', '', ['字A'], ['字A']],
    [
      'names and references',
      "^(?P<q>['a])b\\k<q>(?P=q)$",
      '',
      ["'b''", 'abaa', "'baa"],
      ["'b''", 'abaa'],
    ],
    ['braces that count nothing', '^{a}{$', '', ['{a}{'], ['{a}{']],
    ['brackets in classes', '^[][]$', '', ['[', ']', 'a'], ['[', ']']],
    ['a comment', 'a(?#not b)c', '', ['ac'], ['ac']],
    ['look-around', '(?<!x)a(?=b)', '', ['ab', 'xab', 'ac'], ['ab']],
    ['escaped punctuation', '^a\\-b\\/c\\_$', '', ['a-b/c_'], ['a-b/c_']],
    ['an anchored prefix', '^a\\.b', '', ['a.bc', 'axbc'], ['a.bc']],
  ])('%s', async (_, pattern, options, all, expected) => {
    expect(await matching(all, pattern, options)).toEqual(expected);
  });

  it.each([
    ['(?>a)b'],
    ['a++'],
    ['(?R)'],
    ['a(?i)b'],
    ['(?i:a)b'],
    ['a\\Kb'],
    ['\\Ga'],
    ['(*UTF8)a'],
    ['(?(1)a|b)'],
    ['\\ya'],
    ['a('],
    ['[a'],
    ['[[:^alpha:]]'],
  ])('%s is refused', async (pattern) => {
    await expect(matching(['a'], pattern)).rejects.toMatchObject({
      code: 51091,
      message: expect.stringMatching(/^Regular expression is invalid: /) as string,
    });
  });

  it('is refused with unknown options or with options twice', async () => {
    await expect(matching(['a'], 'a', 'q')).rejects.toMatchObject({ code: 51108 });
    const twice = { s: { $regex: /a/i, $options: 'm' } };
    await expect(texts().findOne(twice)).rejects.toMatchObject({ code: 51075 });
  });
});
