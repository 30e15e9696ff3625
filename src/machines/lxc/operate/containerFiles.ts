import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, MachineError, type MachineFailure } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import {
  copy,
  copyAsOverlay,
  deleteSnapshot,
  destroy,
  rename,
  restoreSnapshot,
  setAutostart,
  takeSnapshot,
} from '../commands/containerCommands.ts';
import { isEntryName, requireNewName } from '../containerName.ts';
import { snapshotNames } from '../observe/snapshots.ts';
import { configFileOf, type ContainerRef, idOf } from '../places.ts';
import { readConfig } from '../readConfig.ts';
import {
  containerOperation,
  expectState,
  isDefined,
  type LxcHost,
  missing,
  running,
  taken,
  type Obstacle,
} from './containerOperation.ts';

const word = (isThere: boolean): string => (isThere ? 'there' : 'gone');

const expectContainer = (ref: ContainerRef, isThere: boolean): void =>
  expectState(ref, word(isThere), word(isDefined(ref)));

/** Copies of a directory take the time that its files do; one that shares them, as an overlay, takes none, but keeps the original. */
export type CopyWay = 'whole' | 'overlay';

/** @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken */
export const copyContainer = (host: LxcHost, ref: ContainerRef, to: string, way: CopyWay = 'whole'): Operation => {
  requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to };
  return containerOperation(ref, {
    command: way === 'whole' ? copy(ref, to) : copyAsOverlay(ref, to),
    obstacles: [missing(ref), running(host, ref), taken(target)],
    settle: () => {
      expectContainer(target, true);
      return Promise.resolve();
    },
  });
};

/** @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken */
export const renameContainer = (host: LxcHost, ref: ContainerRef, to: string): Operation => {
  requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to };
  return containerOperation(ref, {
    command: rename(ref, to),
    obstacles: [missing(ref), running(host, ref), taken(target)],
    settle: () => {
      expectContainer(target, true);
      expectContainer(ref, false);
      return Promise.resolve();
    },
  });
};

/** Removes its tree, its configuration and all its snapshots. @throws MachineError invalidName, noSuchImage, machineRunning */
export const destroyContainer = async (host: LxcHost, ref: ContainerRef): Promise<Operation> => {
  const snapshots = await snapshotNames(ref);
  return containerOperation(ref, {
    // LXC refuses a container that has some, unless it is told to remove them, too.
    command: destroy(ref, snapshots === undefined || snapshots.length > 0),
    obstacles: [missing(ref), running(host, ref)],
    settle: () => {
      expectContainer(ref, false);
      return Promise.resolve();
    },
  });
};

const requireSnapshotName = (snapshot: string): void => {
  if (!isEntryName(snapshot)) throw new MachineError({ kind: 'noSuchImage', name: snapshot });
};

const withoutSnapshot =
  ({ lxcpath, name }: ContainerRef, snapshot: string): Obstacle =>
  () => {
    try {
      lstatSync(join(lxcpath, name, 'snaps', snapshot));
      return undefined;
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? { kind: 'noSuchImage', name: snapshot } : undefined;
    }
  };

/** @throws MachineError invalidName, noSuchImage, machineRunning */
export const snapshotContainer = async (host: LxcHost, ref: ContainerRef, comment = ''): Promise<Operation> => {
  const before = await snapshotNames(ref);
  return containerOperation(ref, {
    command: takeSnapshot(ref, comment),
    obstacles: [missing(ref), running(host, ref)],
    settle: async () => {
      const now = await snapshotNames(ref);
      if (before === undefined || now === undefined) return;
      expectState(ref, `${before.length + 1}`, `${now.length}`);
    },
  });
};

/** LXC removes the files of a container before it makes those of the snapshot in their place: without room for these there is nothing left. */
const emptied = (ref: ContainerRef, snapshot: string): MachineFailure | undefined => {
  try {
    lstatSync(configFileOf(ref));
    return undefined;
  } catch (error) {
    const path = join(ref.lxcpath, ref.name, 'snaps', snapshot);
    return codeOf(error) === 'ENOENT' ? { kind: 'notRestored', name: idOf(ref), path } : undefined;
  }
};

/**
 * Brings a snapshot back, as a container of another name, or in the place of this one, whose files are lost then.
 * @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken, notRestored
 */
export const restoreContainer = (host: LxcHost, ref: ContainerRef, snapshot: string, to?: string): Operation => {
  requireSnapshotName(snapshot);
  if (to !== undefined) requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to ?? ref.name };
  const tree = identityOfTree(ref);
  return containerOperation(ref, {
    command: restoreSnapshot(ref, snapshot, to),
    obstacles: [
      missing(ref),
      withoutSnapshot(ref, snapshot),
      ...(to === undefined ? [running(host, ref)] : [taken(target)]),
    ],
    reason: () => Promise.resolve(to === undefined ? emptied(ref, snapshot) : undefined),
    settle: () => {
      expectContainer(target, true);
      const now = identityOfTree(target);
      // Restored over itself it has another tree than before.
      if (to === undefined && tree !== undefined && now === tree) expectState(ref, snapshot, 'unchanged');
      return Promise.resolve();
    },
  });
};

/** Which directory its tree is; undefined where this user may not look, or it is none. */
const identityOfTree = ({ lxcpath, name }: ContainerRef): string | undefined => {
  try {
    const { dev, ino, ctimeNs } = lstatSync(join(lxcpath, name, 'rootfs'), { bigint: true });
    return `${dev}:${ino}:${ctimeNs}`;
  } catch {
    return undefined;
  }
};

/** @throws MachineError invalidName, noSuchImage */
export const removeSnapshot = (_host: LxcHost, ref: ContainerRef, snapshot: string): Operation => {
  requireSnapshotName(snapshot);
  return containerOperation(ref, {
    command: deleteSnapshot(ref, snapshot),
    obstacles: [missing(ref), withoutSnapshot(ref, snapshot)],
    settle: async () => {
      const now = await snapshotNames(ref);
      if (now?.includes(snapshot) === true) expectState(ref, word(false), word(true));
    },
  });
};

/** Has the container started at boot, or no longer. @throws MachineError invalidName, noSuchImage */
export const setContainerAutostart = (_host: LxcHost, ref: ContainerRef, on: boolean): Operation =>
  containerOperation(ref, {
    command: setAutostart(configFileOf(ref), on),
    obstacles: [missing(ref)],
    settle: async () => {
      try {
        const { autostart } = await readConfig(configFileOf(ref));
        expectState(ref, on ? 'enabled' : 'disabled', autostart ? 'enabled' : 'disabled');
      } catch (error) {
        if (codeOf(error) !== 'EACCES') throw error;
      }
    },
  });
