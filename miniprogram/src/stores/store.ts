import { useSyncExternalStore } from 'react';

/** A value that can be watched. Tiny on purpose: one value, one setter, no middleware. */
export interface Store<T> {
  get: () => T;
  /** Sets a value, or makes it from the one before. Nobody is told when it stays the same. */
  set: (next: T | ((before: T) => T)) => void;
  watch: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const made = typeof next === 'function' ? (next as (before: T) => T)(value) : next;
      if (Object.is(made, value)) return;
      value = made;
      for (const listener of [...listeners]) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Watches a part of a store. `select` must answer the same object for the same state (pick, do not build),
 * or the component never comes to rest.
 */
export function useStore<T, S = T>(
  store: Pick<Store<T>, 'get' | 'watch'>,
  select: (value: T) => S = (value) => value as unknown as S,
): S {
  const snapshot = () => select(store.get());
  return useSyncExternalStore(store.watch, snapshot, snapshot);
}
