/**
 * Pages and sub-packages. Bottom navigation is our own component (it depends on the role), so there is no
 * `tabBar`; every page draws its own navigation bar.
 */
export default defineAppConfig({
  // The first page is the entry: whoever is signed in already is led on from it.
  pages: [
    'pages/login/index',
    'pages/chat/index',
    'pages/services/index',
    'pages/matters/index',
    'pages/me/index',
  ],
  // One package per role: a villager's phone never downloads the duty desk.
  subPackages: [
    { root: 'packages/case', pages: ['detail/index', 'rate/index'] },
    { root: 'packages/service', pages: ['detail/index', 'slots/index', 'booking/index'] },
    { root: 'packages/chief', pages: ['inbox/index', 'household/index', 'landmarks/index'] },
    { root: 'packages/grid', pages: ['queue/index'] },
    { root: 'packages/volunteer', pages: ['list/index', 'help/index'] },
    { root: 'packages/centre', pages: ['desk/index', 'learning/index'] },
    {
      root: 'packages/knowledge',
      pages: ['article/index', 'list/index', 'review/index', 'edit/index'],
    },
  ],
  window: {
    navigationStyle: 'custom',
    navigationBarTitleText: '胡同长',
    navigationBarTextStyle: 'black',
    navigationBarBackgroundColor: '#FFFDF8',
    backgroundColor: '#F4EEE2',
    backgroundTextStyle: 'dark',
  },
  // Pages do not slide in browsers: it looks lost on a PC, and in elder mode nothing moves.
  animation: false,
  lazyCodeLoading: 'requiredComponents',
  requiredPrivateInfos: ['getLocation'],
  permission: {
    'scope.userLocation': { desc: '说清楚是哪儿的事，师傅好找' },
  },
});
