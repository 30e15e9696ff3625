import type { InventoryChange } from './inventory.ts';

type Listener = (changes: readonly InventoryChange[]) => void;

/** Those who want to hear of changes; what all inventories have alike. */
export interface InventoryListeners {
  readonly emit: Listener;
  readonly onDidChange: (listener: Listener) => () => void;
  readonly clear: () => void;
}

export const createInventoryListeners = (): InventoryListeners => {
  const listeners = new Set<Listener>();
  return {
    emit: (changes) => {
      for (const listener of [...listeners]) {
        try {
          listener(changes);
        } catch (error) {
          // A mistake of the listener, to be seen as such, but not in the middle of our own work.
          setImmediate(() => {
            throw error;
          });
        }
      }
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
};
