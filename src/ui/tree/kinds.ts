import type { Inventory, InventoryChange } from '../../machines/inventory.ts';
import { readRef } from '../../machines/reference.ts';

/** Which kinds of machines there are rows of, and which names rows of several kinds share. */
export interface Kinds {
  areSeveral(): boolean;
  isShared(name: string): boolean;
  /** Where a row has come or gone, they are looked at anew when next asked. */
  outdate(changes: readonly InventoryChange[]): void;
}

export const createKinds = (inventory: Pick<Inventory, 'machines' | 'images'>): Kinds => {
  const look = (): { readonly kinds: ReadonlySet<string>; readonly shared: ReadonlySet<string> } => {
    const kindOfName = new Map<string, string>();
    const kinds = new Set<string>();
    const shared = new Set<string>();
    for (const ids of [inventory.images.keys(), inventory.machines.keys()])
      for (const id of ids) {
        const { backend, name } = readRef(id);
        kinds.add(backend);
        if ((kindOfName.get(name) ?? backend) !== backend) shared.add(name);
        kindOfName.set(name, backend);
      }
    return { kinds, shared };
  };
  const state: { seen: ReturnType<typeof look> | undefined } = { seen: undefined };
  const seen = (): ReturnType<typeof look> => (state.seen ??= look());
  return {
    areSeveral: () => seen().kinds.size > 1,
    isShared: (name) => seen().shared.has(name),
    outdate: (changes) => {
      if (changes.some(({ kind }) => /^(?:machine|image)(?:Added|Removed)$/u.test(kind))) state.seen = undefined;
    },
  };
};
