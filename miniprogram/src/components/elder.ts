import { createContext, useContext } from 'react';

/** Set by Page for everything inside it. Components read it and choose their elder variant themselves. */
export const ElderContext = createContext(false);

/** Is this page drawn large (长辈版)? */
export const useElder = (): boolean => useContext(ElderContext);
