import { titles } from './cases/titles';
import { first } from './understand';

/** What is wrong with a title, by rules anybody can check; nothing for one that will do. */
const faultOf = (title: string, needed: string): string | undefined => {
  const lacking = needed.split(' ').filter((word) => !title.includes(word));
  if (lacking.length > 0) return `lacks ${lacking.join(', ')}`;
  if ([...title].length > 14) return 'is too long';
  if (title.endsWith('…')) return 'is cut';
  if (/(?:[的把被和跟在让是又也就都有往]|(?<![不没])[给还])$/u.test(title))
    return 'ends in the middle';
  if (/^(?:的|了|把(?!脏)|被|又|也|就|都|还|那|这)/u.test(title)) return 'begins in the middle';
  if (/^(?:我|俺|咱)们?家|你好|请问|小同|领导|俺是|赵桂香/u.test(title)) return 'names the speaker';
  return undefined;
};

describe('a title', () => {
  it('is one a good clerk could have written, for at least 95 of 100 messages', () => {
    const wrong = titles.flatMap(([said, clerk, needed]) => {
      const { title } = first(said);
      const fault = faultOf(title, needed);
      return fault ? [`${title} ${fault} (${clerk})`] : [];
    });
    if (wrong.length > titles.length * 0.05) expect(wrong).toEqual([]);
  });
});
