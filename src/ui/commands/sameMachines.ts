import type { Inventory } from '../../machines/inventory.ts';
import { machineMeant } from './targets.ts';

export type KnownMachines = Pick<Inventory, 'machines' | 'images' | 'refresh'>;

/**
 * Remembers which machines run now, for a button that may be pressed much later. What comes back tells which of the names still stand
 * for the same ones: a machine that has ended meanwhile may have been started again, and that one nobody spoke of.
 */
export const rememberMachines = (
  { inventory }: { readonly inventory: KnownMachines },
  names: readonly string[],
): (() => Promise<readonly string[]>) => {
  const leaderOf = (name: string): number | undefined =>
    inventory.machines.get(machineMeant(inventory, name) ?? name)?.leader;
  const leaders = new Map(names.map((name) => [name, leaderOf(name)]));
  return async () => {
    // The view may be hidden, and then nothing is kept current.
    await inventory.refresh();
    return names.filter((name) => leaders.get(name) !== undefined && leaderOf(name) === leaders.get(name));
  };
};
