import type { Inventory } from '../inventory.ts';
import { joinInventories } from '../joinInventories.ts';
import { createPathInventory } from './createInventory.ts';
import { type LxcPlaces, lxcPlaces, ownPath, systemPath } from './places.ts';

export interface LxcInventoryOptions {
  /** The reference of a container, by the directory in which it lies and its name. */
  readonly idOf: (lxcpath: string, name: string) => string;
  /** Elsewhere only in tests. */
  readonly places?: LxcPlaces;
}

/** The containers of LXC of this host: those of the system, and beside them this user's own. */
export const createLxcInventory = ({ idOf, places = lxcPlaces }: LxcInventoryOptions): Inventory => {
  const system = createPathInventory({ idOf, places, path: () => systemPath(places), ofUser: false });
  if (places.home() === undefined) return system;
  const own = createPathInventory({ idOf, places, path: () => ownPath(places), ofUser: true });
  const ofRow = (id: string): Inventory => (own.machines.has(id) || own.images.has(id) ? own : system);
  return joinInventories(system, [system, own], ofRow);
};
