/** What the program knows between pages. Pages and packages import from here. */
export { onFrames, tellFrame, useFrames } from './frames';
export { connectionOf, useConnection } from './network';
export type { Connection } from './network';
export { pages } from './pages';
export { dropUnsent, resend, run, say, sendFrame, useUnsent } from './runtime';
export { currentMe, enter, homeOf, refreshMe, setElderMode, signOut } from './session';
export { createStore, useStore } from './store';
export type { Store } from './store';
export { threadOf, useThread } from './threads';
export type { ThreadAtHand } from './threads';
export { useElderMode, useMe } from './useMe';
