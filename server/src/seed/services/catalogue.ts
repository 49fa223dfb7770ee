import { enterpriseBundles } from './enterprise';
import { familyBundles } from './family';
import { livelihoodBundles } from './livelihood';
import type { ServiceBundle } from './types';

export type * from './types';

/**
 * 34 service bundles to start with. Official names; contents after guides published by another
 * province where one was at hand (`hasGuide`), names alone elsewhere. A city replaces them by its
 * own.
 */
export const catalogue: ServiceBundle[] = [
  ...familyBundles,
  ...livelihoodBundles,
  ...enterpriseBundles,
];
