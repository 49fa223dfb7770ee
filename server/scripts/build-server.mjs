/** `npm run build:server`: the bundles and the models. */
import { ensureServer } from './ensure.mjs';

await ensureServer();
