import type { Inventory } from '../inventory.ts';
import { joinInventories } from '../joinInventories.ts';
import { createPathInventory } from './createInventory.ts';
import { type LxcPlaces, lxcPlaces, ownPath, pathOfUser, systemPath } from './places.ts';

export interface LxcInventoryOptions {
  /** The reference of a container, by the directory in which it lies and its name. */
  readonly idOf: (lxcpath: string, name: string) => string;
  /** Names of other users whose containers are wanted, too. */
  readonly users?: readonly string[];
  /** Elsewhere only in tests. */
  readonly places?: LxcPlaces;
}

/** The containers of LXC of this host: those of the system, and beside them this user's own, and those of other users who are named. */
export const createLxcInventory = ({ idOf, users = [], places = lxcPlaces }: LxcInventoryOptions): Inventory => {
  const system = createPathInventory({ idOf, places, path: () => systemPath(places), ofUser: false });
  const own =
    places.home() === undefined
      ? []
      : [createPathInventory({ idOf, places, path: () => ownPath(places), ofUser: true })];
  const others = [...new Set(users)].map((name) =>
    createPathInventory({ idOf, places, path: () => pathOfUser(places, name), ofUser: true, isOther: true }),
  );
  const ofUsers = [...own, ...others];
  if (ofUsers.length === 0) return system;
  const ofRow = (id: string): Inventory => ofUsers.find((one) => one.machines.has(id) || one.images.has(id)) ?? system;
  return joinInventories(system, [system, ...ofUsers], ofRow);
};
