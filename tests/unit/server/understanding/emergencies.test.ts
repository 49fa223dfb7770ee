import { first } from './understand';

/** Everyday talk enough to drown a cry, if the whole were listened to alone. */
const chatter =
  '昨天去镇上赶集买了点菜，路上碰见老同学说了半天话，回来把院子扫了扫，又给菜地浇了遍水，晌午吃的面条，下午歇了一会儿。';

describe('a cry in a long telling', () => {
  it.each([
    ['俺家厨房着火了', 'fire'],
    ['孩子掉河里了', 'drowning'],
    ['俺爹晕倒了叫不醒', 'medical'],
    ['电线掉地上直冒火花', 'electric'],
  ])('is heard before and after it: %s', (cry, kind) => {
    for (const text of [
      `${chatter}${cry}。`,
      `${cry}。${chatter}`,
      `${chatter}${cry}。${chatter}`,
    ]) {
      expect(first(text).emergency?.kind).toBe(kind);
    }
  });

  it('is not made out of the telling itself', () => {
    expect(first(`${chatter}${chatter}`).emergency).toBeUndefined();
  });
});
