export * from './types';
export * from './concern';
