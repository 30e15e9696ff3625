import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Image } from '../../image.ts';
import type { Inventory, InventoryChange, InventoryOptions } from '../../inventory.ts';
import { createInventoryListeners } from '../../inventoryListeners.ts';
import type { Machine } from '../../machine.ts';
import { readRef } from '../../reference.ts';
import { type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';
import { unitOfMachine } from '../commands/lifecycleCommands.ts';
import { createInventory } from '../createInventory.ts';
import type { MachinedPaths } from '../machinedPaths.ts';
import { idOf, userPaths } from './scope.ts';

/** The same object for the same object, so that what hangs on it stays valid. */
const keeping = <Value extends object>(make: (value: Value) => Value): ((value: Value) => Value) => {
  const known = new WeakMap<Value, Value>();
  return (value) => {
    const now = known.get(value) ?? make(value);
    known.set(value, now);
    return now;
  };
};

const machineOfUser = (machine: Machine): Machine => {
  const { name, unit } = machine;
  return { ...machine, id: idOf(name), unit: unit === undefined ? undefined : unitOfMachine(name, unit) };
};

/**
 * This user's own machines and images: the inventory of the system's, at the places of the user, and by references that say so. Where there is
 * no machined of users, as before systemd 259, nobody is asked anything; inotify tells when one comes.
 * @param paths elsewhere only in tests
 */
export const createUserInventory = (options: InventoryOptions, paths: MachinedPaths = userPaths()): Inventory => {
  // A directory that the settings name is the system's affair.
  const inner = createInventory({ ...options, imageDirectories: [] }, paths);
  const listeners = createInventoryListeners();
  const machineOf = keeping(machineOfUser);
  const imageOf = keeping((image: Image): Image => ({ ...image, id: idOf(image.id) }));
  const state: {
    awaited: DirectoryWatch | undefined;
    watching: boolean;
    seen: Pick<Inventory, 'machines' | 'images' | 'enabled' | 'failed'>;
  } = { awaited: undefined, watching: false, seen: inner };

  const hasMachined = (): boolean => existsSync(paths.machineVarlink);

  const look = (): void => {
    state.seen = {
      machines: new Map([...inner.machines].map(([name, machine]) => [idOf(name), machineOf(machine)])),
      // The host itself is the system's.
      images: new Map(
        [...inner.images].filter(([name]) => name !== '.host').map(([name, image]) => [idOf(name), imageOf(image)]),
      ),
      enabled: new Set([...inner.enabled].map(idOf)),
      failed: new Map([...inner.failed].map(([name, unit]) => [idOf(name), { ...unit, machine: idOf(name) }])),
    };
  };
  look();

  inner.onDidChange((changes) => {
    look();
    const ours = changes.flatMap((change): readonly InventoryChange[] =>
      'id' in change && change.id !== '.host' ? [{ ...change, id: idOf(change.id) }] : [],
    );
    if (ours.length > 0) listeners.emit(ours);
  });

  const stopAwaiting = (): void => {
    state.awaited?.close();
    state.awaited = undefined;
  };
  const begin = (): Promise<void> => {
    stopAwaiting();
    return inner.watch();
  };
  const nameOf = (id: string): string => readRef(id).name;

  return {
    get availability() {
      return inner.availability;
    },
    get machines() {
      return state.seen.machines;
    },
    get images() {
      return state.seen.images;
    },
    get imagesCut() {
      return inner.imagesCut;
    },
    get enabled() {
      return state.seen.enabled;
    },
    get failed() {
      return state.seen.failed;
    },
    watch: async () => {
      state.watching = true;
      state.awaited ??= hasMachined()
        ? undefined
        : watchDirectory(dirname(paths.machineVarlink), () => {
            if (state.watching && hasMachined()) void begin();
          });
      if (hasMachined()) await begin();
    },
    pause: () => {
      state.watching = false;
      stopAwaiting();
      inner.pause();
    },
    refresh: async () => {
      if (!hasMachined()) return;
      await inner.refresh();
    },
    details: async (id) => {
      const { state, os, addresses } = await inner.details(nameOf(id));
      // The machined of a user cannot look into a machine, and nobody else may ask it: it keeps nothing from this user.
      return { state, os, addresses };
    },
    imageOs: (id) => inner.imageOs(nameOf(id)),
    onDidChange: listeners.onDidChange,
    dispose: () => {
      stopAwaiting();
      listeners.clear();
      inner.dispose();
    },
  };
};
