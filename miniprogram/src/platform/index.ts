/**
 * Everything the program asks of the device, for both targets. Only this folder calls Taro's device APIs:
 * on H5 an unsupported one *resolves successfully*, so each function here looks at the field that matters.
 */
export * from './feedback';
export * from './http';
export * from './media';
export * from './navigation';
export * from './keep';
export * from './network';
export * from './phone';
export * from './place';
export * from './recorder';
export * from './screen';
export * from './scroll';
export * from './session';
export * from './socket';
export * from './sound';
export * from './storage';
export * from './target';
export * from './wechat';
