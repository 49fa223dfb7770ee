// Taro's preset covers both targets; polyfills are left to the platform (useBuiltIns off keeps the package small).
module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', useBuiltIns: false }]],
};
