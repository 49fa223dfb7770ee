import { remember } from '../../../../server/src/understanding/remember';

describe('remembering answers', () => {
  const counted = () => {
    const asked: string[] = [];
    const answer = remember((text) => {
      asked.push(text);
      return [text.length];
    });
    return { asked, answer };
  };

  it('asks once for what was just said', () => {
    const { asked, answer } = counted();
    expect(answer('停水了')).toBe(answer('停水了'));
    expect(asked).toEqual(['停水了']);
  });

  it('forgets the oldest, so that it never grows', () => {
    const { asked, answer } = counted();
    for (let i = 0; i < 200; i++) answer(`第${i}句`);
    answer('第199句');
    expect(asked).toHaveLength(200);
    answer('第0句');
    expect(asked).toHaveLength(201);
  });
});
