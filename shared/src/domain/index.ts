export * from './areas';
export * from './categories';
export * from './errors';
export * from './masking';
export * from './roles';
export * from './stages';
export * from './workflows';
