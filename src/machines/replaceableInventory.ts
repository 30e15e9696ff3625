import type { Inventory, InventoryChange } from './inventory.ts';
import { createInventoryListeners } from './inventoryListeners.ts';

/** An inventory whose options may change: whoever holds it goes on holding it. */
export interface ReplaceableInventory extends Inventory {
  /** Makes the inventory anew, watches again where it was watched, and tells what is no longer there. Never rejects. */
  replace(): Promise<void>;
}

const gone = (before: Inventory, now: Inventory): readonly InventoryChange[] => [
  ...[...before.machines.keys()]
    .filter((id) => !now.machines.has(id))
    .map((id): InventoryChange => ({ kind: 'machineRemoved', id })),
  ...[...before.images.keys()]
    .filter((id) => !now.images.has(id))
    .map((id): InventoryChange => ({ kind: 'imageRemoved', id })),
];

/** @param create reads the options of the moment */
export const createReplaceableInventory = (create: () => Inventory): ReplaceableInventory => {
  const listeners = createInventoryListeners();
  const { emit } = listeners;
  const state = { inventory: create(), watched: false };
  state.inventory.onDidChange(emit);

  return {
    get availability() {
      return state.inventory.availability;
    },
    get machines() {
      return state.inventory.machines;
    },
    get images() {
      return state.inventory.images;
    },
    get imagesCut() {
      return state.inventory.imagesCut;
    },
    get enabled() {
      return state.inventory.enabled;
    },
    get failed() {
      return state.inventory.failed;
    },
    watch: () => {
      state.watched = true;
      return state.inventory.watch();
    },
    pause: () => {
      state.watched = false;
      state.inventory.pause();
    },
    refresh: () => state.inventory.refresh(),
    details: (id) => state.inventory.details(id),
    learn: (machine, details) => state.inventory.learn?.(machine, details),
    imageOs: (id) => state.inventory.imageOs(id),
    onDidChange: listeners.onDidChange,
    replace: async () => {
      const before = state.inventory;
      before.dispose();
      const now = create();
      state.inventory = now;
      now.onDidChange(emit);
      await (state.watched ? now.watch() : now.refresh());
      if (state.inventory !== now) return;
      const changes = gone(before, now);
      if (changes.length > 0) emit(changes);
    },
    dispose: () => {
      listeners.clear();
      state.inventory.dispose();
    },
  };
};
