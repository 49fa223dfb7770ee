/** Builds the mini program for one target (weapp or h5) when its sources changed. */
import { ensureClient } from './ensure.mjs';

ensureClient(process.argv[2] ?? 'h5');
