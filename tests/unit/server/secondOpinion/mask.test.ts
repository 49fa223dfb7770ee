import { maskForOutside } from '../../../../server/src/secondOpinion/mask';
import { first } from '../understanding/understand';

const masked = (text: string) => maskForOutside(first(text));

describe('what may leave the city', () => {
  it.each([
    ['我叫王建国，家里的表不走了', /建国/],
    ['俺赵桂香家的墙裂了', /桂香/],
    ['联系我 138 1234 5678', /138|5678/],
    ['身份证 411681194001011234 补不了', /4116|1234/],
    ['柳沟村那边的地又淹了', /柳沟/],
    ['我们小区 3号楼2单元501室 漏了', /3号楼|2单元|501/],
    ['找李明说过了没用', /李明/],
    ['去问张师傅他说不管', /张师傅/],
    ['微信 abc@example.com 加我', /abc@/],
  ])('has nothing of a person in it: %s', (text, secret) => {
    expect(masked(text)).not.toMatch(secret);
  });

  it('still says what the matter is', () => {
    expect(masked('王婶家门口的下水道又堵了')).toContain('下水道又堵了');
  });
});
