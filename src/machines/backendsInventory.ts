import { type Backends, backendOf } from './backend.ts';
import type { Inventory, InventoryOptions } from './inventory.ts';
import { joinInventories } from './joinInventories.ts';

/**
 * What there is of all kinds of machines. Whether this host can be managed, and so what an empty view says, is the word of the first kind:
 * the others have nothing to say where their tools are missing.
 */
export const createBackendsInventory = (backends: Backends, options: InventoryOptions): Inventory => {
  const byBackend = new Map(backends.map((backend) => [backend, backend.createInventory(options)]));
  const all = [...byBackend.values()];
  const [first] = all;
  if (first === undefined) throw new TypeError('There is no kind of machines.');
  if (all.length === 1) return first;
  return joinInventories(first, all, (id) => {
    const backend = backendOf(backends, id);
    return backend === undefined ? undefined : byBackend.get(backend);
  });
};
