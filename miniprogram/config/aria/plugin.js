const path = require('node:path');
const attributes = require('./attributes');

/** Taro plugin (weapp): adds the ARIA attributes to the WXML templates and to the runtime's table. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platform !== 'weapp' && !platform.template) return;
      platform.template.mergeComponents(ctx, attributes);
      platform.runtimePath = [].concat(platform.runtimePath, path.resolve(__dirname, 'runtime.js'));
    },
  });
};
