import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DeskState } from './desk_state';
import type { DeskStore } from './desk_store';

export const StoreContext = createContext<DeskStore | null>(null);

export function useStore(): DeskStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('a desk view stands outside StoreContext');
  return store;
}

export function useDesk(): DeskState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
