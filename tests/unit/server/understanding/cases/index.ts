export type { Case } from './types';
export * from './concerns';
export * from './emergencies';
export * from './wishes';
