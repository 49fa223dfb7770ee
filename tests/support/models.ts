import { existsSync, readFileSync } from 'node:fs';
import { modelsFromBytes, type UnderstandingModels } from '../../server/src/understanding';
import { fromRoot } from './root';

/** A file of the built server. */
export const dist = (name: string): string => fromRoot('server/dist', name);

let models: UnderstandingModels | undefined;

/** The models that come with the product, as the build learnt them. Read once a test file. */
export const shippedModels = (): UnderstandingModels => {
  const file = dist('understanding.models');
  if (!existsSync(file)) throw new Error(`${file} is missing: run npm run build:server first`);
  return (models ??= modelsFromBytes(readFileSync(file)));
};
