import fc from 'fast-check';
import { createUnderstander, type Knowledge } from '../../../../../server/src/understanding';
import { now } from '../understand';

const knowledge: Knowledge = {
  places: [
    { areaId: 'dj', name: '丁集镇', kind: 'township', path: '/xc/dj/' },
    { areaId: 'lg', name: '柳沟村', kind: 'village', path: '/xc/dj/lg/' },
    { areaId: 'lg03', name: '柳沟 03 网格', kind: 'grid', path: '/xc/dj/lg/03/' },
    { areaId: 'lg-hs', name: '槐树胡同', kind: 'alley', path: '/xc/dj/lg/03/hs/' },
    { areaId: 'lg-ys', name: '榆树胡同', kind: 'alley', path: '/xc/dj/lg/02/ys/' },
    { areaId: 'lg-ct', name: '祠堂胡同', kind: 'alley', path: '/xc/dj/lg/02/ct/' },
    { areaId: 'sz', name: '沈庄村', kind: 'village', path: '/xc/dj/sz/' },
    { areaId: 'sz-ct', name: '祠堂胡同', kind: 'alley', path: '/xc/dj/sz/01/ct/' },
    { areaId: 'dg', name: '东关社区', kind: 'community', path: '/xc/dj/dg/' },
  ],
  staff: [
    {
      personId: 'wang',
      name: '王秀兰',
      role: 'alleyChief',
      callName: '王婶',
      areaPath: '/xc/dj/lg/03/hs/',
    },
    {
      personId: 'wang2',
      name: '王改花',
      role: 'alleyChief',
      callName: '王婶',
      areaPath: '/xc/dj/sz/01/ct/',
    },
  ],
  landmarks: [
    { landmarkId: 'k1', name: '二狗家小卖部', areaId: 'lg-hs', aliases: ['二狗超市'] },
    { landmarkId: 'k2', name: '老槐树底下', areaId: 'lg-hs', aliases: [] },
    { landmarkId: 'k3', name: '老槐树底下', areaId: 'sz-ct', aliases: [] },
    { landmarkId: 'k4', name: '老窑厂', areaId: 'sz-ct', aliases: [] },
  ],
  services: [],
  articles: [],
};
const understander = createUnderstander(knowledge);
const home = '/xc/dj/lg/03/hs/';
const entities = (text: string, areaPath: string | undefined = home) =>
  understander.understand({
    text,
    hasPhoto: false,
    hasVoice: false,
    hasLocation: false,
    openCases: [],
    reporter: { elder: false, ...(areaPath ? { areaPath } : {}) },
    now,
  }).matters[0]!.entities;
const places = (text: string, areaPath?: string) => entities(text, areaPath).places;

describe('a place', () => {
  it.each([
    [
      '沈庄东头老李家门口路灯坏了',
      { text: '沈庄东头老李家门口', areaId: 'sz', detail: '东头老李家门口' },
    ],
    ['柳沟村槐树胡同7号门口停水', { text: '柳沟村槐树胡同7号门口', areaId: 'lg-hs', doorNo: 7 }],
    ['柳沟村的祠堂胡同口堵了', { text: '柳沟村的祠堂胡同口', areaId: 'lg-ct' }],
    ['沈庄祠堂胡同没电', { text: '沈庄祠堂胡同', areaId: 'sz-ct' }],
    ['二狗家小卖部对面井盖没了', { text: '二狗家小卖部对面', areaId: 'lg-hs', landmarkId: 'k1' }],
    ['柳沟03网格没人管', { text: '柳沟03网格', areaId: 'lg03' }],
    ['村口桥头积水了', { text: '村口桥头', own: false }],
    ['张婶家屋后垃圾成堆', { text: '张婶家屋后', own: false }],
    ['俺家屋后水沟堵了', { text: '俺家屋后', own: true }],
    ['东地没法浇', { text: '东地', own: false }],
    ['小卖部对面有人打架', { text: '小卖部对面', own: false }],
  ])('%s', (said, place) => {
    expect(places(said)[0]).toMatchObject(place);
  });

  it('is two where one does not lie in the other', () => {
    expect(places('柳沟沈庄都停电了').map((p) => p.areaId)).toEqual(['lg', 'sz']);
  });

  it.each([
    ['by sound', '淮树胡同灯坏了', 'lg-hs'],
    ['by sound', '楡树胡同灯坏了', undefined],
    ['with a letter too few', '槐树同灯坏了', 'lg-hs'],
    ['with a letter too many', '槐树大胡同灯坏了', 'lg-hs'],
    ['with one character changed', '东关小区停电', 'dg'],
    ['with one character changed', '二狗家小麦部没电', 'lg-hs'],
    ['under another name', '二狗超市对面没灯', 'lg-hs'],
    ['not an alley of another tree', '梨树胡同灯坏了', undefined],
    ['not of two characters', '刘沟停电了', undefined],
  ])('%s: %s', (_how, said, areaId) => {
    expect(places(said)[0]?.areaId).toBe(areaId);
  });

  it('of a name that several bear is the one nearest to the reporter', () => {
    expect(places('祠堂胡同灯坏了')[0]?.areaId).toBe('lg-ct');
    expect(places('祠堂胡同灯坏了', '/xc/dj/sz/02/nc/')[0]?.areaId).toBe('sz-ct');
    expect(places('祠堂胡同灯坏了', '/xc/dj/dg/01/st/')[0]?.areaId).toBeUndefined();
  });

  it('is a landmark of the own village, or of the one that is named', () => {
    expect(places('老槐树底下打架')[0]).toMatchObject({ areaId: 'lg-hs', landmarkId: 'k2' });
    expect(places('沈庄老槐树底下打架')[0]).toMatchObject({ areaId: 'sz-ct', landmarkId: 'k3' });
    expect(places('老窑厂有人倒垃圾')[0]?.areaId).toBeUndefined();
    expect(places('沈庄老窑厂有人倒垃圾')[0]?.areaId).toBe('sz-ct');
  });
});

describe('people', () => {
  it.each([
    ['俺爹', '俺爹', 'kin'],
    ['俺婆婆', '俺婆婆', 'kin'],
    ['隔壁老李家', '隔壁老李家', 'neighbour'],
    ['老李家', '老李家', 'neighbour'],
    ['张婶', '张婶', 'neighbour'],
    ['村支书', '村支书', 'staff'],
  ])('%s', (said, text, relation) => {
    expect(entities(`${said}来了`).people[0]).toMatchObject({ text, relation });
  });

  it('of one call name are the chief of the own alley', () => {
    expect(entities('找王婶说话').people[0]?.personId).toBe('wang');
    expect(entities('找王婶说话', '/xc/dj/sz/01/ct/').people[0]?.personId).toBe('wang2');
    expect(entities('找王婶说话', '/xc/dj/dg/01/st/').people[0]?.personId).toBeUndefined();
  });
});

describe('whatever is sent', () => {
  const words = fc.constantFrom(
    ...'沈庄 柳沟村 槐树胡同 祠堂胡同 老槐树底下 7号 东头 的 老李家门口 村口 俺家 屋后 淮 树 胡 同 路灯坏了 ，'.split(
      ' ',
    ),
  );
  it('gives places in the words of the message, one after the other', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 10 }), (parts) => {
        const said = parts.join('');
        const matters = understander.understand({
          text: said,
          hasPhoto: false,
          hasVoice: false,
          hasLocation: false,
          openCases: [],
          reporter: { elder: false, areaPath: home },
          now,
        }).matters;
        for (const m of matters) {
          let from = 0;
          for (const place of m.entities.places) {
            const at = m.text.indexOf(place.text, from);
            expect(at).toBeGreaterThanOrEqual(from);
            from = at + place.text.length;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
