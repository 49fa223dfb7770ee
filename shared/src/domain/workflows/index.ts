export * from './types';
export * from './concern';
export * from './engine';
