import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change fails for what it changes and not
 * by chance. PROPERTY_SEED=random (or a number) looks elsewhere.
 */
const seed = process.env['PROPERTY_SEED'] ?? '20260926';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
