import { readdirSync } from 'node:fs';
import type { InventoryChange } from '../../inventory.ts';
import { join } from 'node:path';
import { machineOfUnit, machineUnit } from '../commands/lifecycleCommands.ts';
import { machinedPaths } from '../machinedPaths.ts';
import { type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';

/** The link that systemd makes to have a machine started at boot. */
export const bootLink = (name: string): string => join(machinedPaths.enabledMachines, machineUnit(name));

/** Which machines start at boot, kept current by the directory of links that enabling makes. */
export interface EnabledWatch {
  readonly names: () => ReadonlySet<string>;
  /** Watches, then reads. */
  readonly start: () => void;
  readonly stop: () => void;
  readonly read: () => void;
}

const linkedMachines = (directory: string): ReadonlySet<string> => {
  try {
    return new Set(readdirSync(directory).flatMap((entry) => machineOfUnit(entry) ?? []));
  } catch {
    // No machine has ever been enabled, or this user may not look: then nothing is said to start at boot.
    return new Set();
  }
};

/** @param directory one like /etc/systemd/system/machines.target.wants, which may be missing and come later */
export const createEnabledWatch = (
  directory: string,
  onChanges: (changes: readonly InventoryChange[]) => void,
): EnabledWatch => {
  const state: { names: ReadonlySet<string>; watch: DirectoryWatch | undefined } = {
    names: new Set(),
    watch: undefined,
  };

  const read = (): void => {
    const before = state.names;
    state.names = linkedMachines(directory);
    const differing = [...before, ...state.names].filter((name) => before.has(name) !== state.names.has(name));
    const changes = differing.map((name): InventoryChange => ({ kind: 'bootStateChanged', id: name }));
    if (changes.length > 0) onChanges(changes);
  };

  return {
    names: () => state.names,
    read,
    start: () => {
      state.watch ??= watchDirectory(directory, read);
      read();
    },
    stop: () => {
      state.watch?.close();
      state.watch = undefined;
    },
  };
};
