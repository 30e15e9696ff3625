import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { InventoryChange } from '../../inventory.ts';
import type { Machine } from '../../machine.ts';
import { inSlices } from '../../host/boundedReads.ts';
import { readMachineFile } from './readMachineFile.ts';
import { isMachineFileName } from './stateFile.ts';
import { type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';

export interface MachineWatch {
  readonly machines: ReadonlyMap<string, Machine>;
  /** Watches, then reads all. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  readonly readAll: () => Promise<void>;
}

const fileNames = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory).filter(isMachineFileName);
  } catch {
    return [];
  }
};

/**
 * Keeps the machines of a directory like /run/systemd/machines. Only names that inotify has named are read again, and
 * only what really differs is told: a machined that restarts rewrites all its files, and nobody hears of it.
 * @param leftOut the unit of those that are listed elsewhere
 */
export const createMachineWatch = (
  directory: string,
  onChanges: (changes: readonly InventoryChange[]) => void,
  leftOut?: string,
): MachineWatch => {
  const machines = new Map<string, Machine>();
  const state: { watch: DirectoryWatch | undefined } = { watch: undefined };

  /** Each file is read and compared in one go, so two readers cannot mix an older content with a newer one. */
  const look = (name: string): InventoryChange | undefined => {
    const known = machines.get(name);
    const read = readMachineFile(directory, name);
    const isLeftOut = typeof read !== 'string' && read.unit !== undefined && read.unit === leftOut;
    const now = isLeftOut ? 'gone' : read;
    if (now === 'unreadable') return undefined;
    if (now === 'gone') return machines.delete(name) ? { kind: 'machineRemoved', id: name } : undefined;
    if (isDeepStrictEqual(known, now)) return undefined;
    machines.set(name, now);
    return { kind: known === undefined ? 'machineAdded' : 'machineChanged', id: name };
  };

  const lookAt = async (names: Iterable<string>): Promise<void> => {
    const changes: InventoryChange[] = [];
    await inSlices(names, (name) => {
      const change = look(name);
      if (change !== undefined) changes.push(change);
    });
    if (changes.length > 0) onChanges(changes);
  };

  const readAll = (): Promise<void> => lookAt(new Set([...machines.keys(), ...fileNames(directory)]));

  return {
    machines,
    readAll,
    start: () => {
      state.watch ??= watchDirectory(directory, (event) => {
        void (event.kind === 'replaced' ? readAll() : lookAt([...event.entries.keys()].filter(isMachineFileName)));
      });
      return readAll();
    },
    stop: () => {
      state.watch?.close();
      state.watch = undefined;
    },
  };
};
