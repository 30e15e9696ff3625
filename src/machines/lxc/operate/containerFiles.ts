import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import {
  copiesCode,
  copy,
  copyAsOverlay,
  deleteSnapshot,
  destroy,
  destroyUnlessCopied,
  rename,
  restoreSnapshot,
  takeSnapshot,
} from '../commands/containerCommands.ts';
import { isEntryName, requireEntryName, requireNewName } from '../containerName.ts';
import { snapshotNames } from '../observe/snapshots.ts';
import { type ContainerRef, idOf, isDefined } from '../places.ts';
import {
  containerOperation,
  copied,
  copiesOf,
  expectState,
  filesFor,
  type LxcHost,
  missing,
  running,
  taken,
  type Obstacle,
} from './containerOperation.ts';
import { halfDone, identityOfTree, notRestored, removeHalf, unlessGone } from './halfDone.ts';

const directoryOf = ({ lxcpath, name }: ContainerRef): string => join(lxcpath, name);

const word = (isThere: boolean): string => (isThere ? 'there' : 'gone');

/** What nobody can tell is as it is said to be. */
const expectContainer = (ref: ContainerRef, isThere: boolean): void =>
  expectState(ref, word(isThere), word(isDefined(ref) ?? isThere));

/** Copies of a directory take the time that its files do; one that shares them, as an overlay, takes none, but keeps the original. */
export type CopyWay = 'whole' | 'overlay';

/** @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken */
export const copyContainer = (host: LxcHost, ref: ContainerRef, to: string, way: CopyWay = 'whole'): Operation => {
  requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to };
  return containerOperation(ref, {
    command: way === 'whole' ? copy(ref, to) : copyAsOverlay(ref, to),
    obstacles: [missing(ref), running(host, ref), taken(target)],
    abandon: async () => {
      await removeHalf(host, target);
      return unlessGone(ref, target);
    },
    settle: () => {
      expectContainer(target, true);
      return Promise.resolve();
    },
  });
};

/** LXC copies it under the new name, and removes the old one then. @throws MachineError invalidName, noSuchImage, machineRunning, hasCopies, nameTaken */
export const renameContainer = (host: LxcHost, ref: ContainerRef, to: string): Operation => {
  requireNewName(to);
  const target = { lxcpath: ref.lxcpath, name: to };
  return containerOperation(ref, {
    command: rename(ref, to),
    obstacles: [missing(ref), running(host, ref), copied(host, ref), taken(target)],
    abandon: async () => {
      await removeHalf(host, target);
      const isOver = isDefined(target) !== true || isDefined(ref) !== true;
      return isOver ? undefined : halfDone(ref, [directoryOf(ref), directoryOf(target)]);
    },
    settle: () => {
      expectContainer(target, true);
      expectContainer(ref, false);
      return Promise.resolve();
    },
  });
};

/** Removes its tree, its configuration and all its snapshots. @throws MachineError invalidName, noSuchImage, machineRunning, hasCopies */
export const destroyContainer = async (host: LxcHost, ref: ContainerRef): Promise<Operation> => {
  requireEntryName(ref.name);
  const snapshots = await snapshotNames(ref, filesFor(host, ref));
  const mayLook = snapshots !== undefined && copiesOf(host, ref) !== undefined;
  const operation = containerOperation(ref, {
    // LXC refuses a container that has snapshots, unless it is told to remove them, too.
    command: mayLook ? destroy(ref, snapshots.length > 0) : destroyUnlessCopied(ref),
    obstacles: [missing(ref), running(host, ref), copied(host, ref)],
    reason: (failed) =>
      Promise.resolve(
        !mayLook && failed?.exitCode === copiesCode
          ? { kind: 'hasCopies', name: idOf(ref), copies: failed.stderr.split(' · ') }
          : undefined,
      ),
    abandon: () => Promise.resolve(unlessGone(ref)),
    settle: () => {
      expectContainer(ref, false);
      return Promise.resolve();
    },
  });
  if (mayLook) return operation;
  return {
    ...operation,
    failureOf: (exitCode) => (exitCode === copiesCode ? { kind: 'hasCopies', name: idOf(ref), copies: [] } : undefined),
  };
};

const snapshotDirectory = (ref: ContainerRef, snapshot: string): string => join(directoryOf(ref), 'snaps', snapshot);

const requireSnapshotName = (snapshot: string): void => {
  if (!isEntryName(snapshot)) throw new MachineError({ kind: 'noSuchImage', name: snapshot });
};

const withoutSnapshot =
  (ref: ContainerRef, snapshot: string): Obstacle =>
  () => {
    try {
      lstatSync(snapshotDirectory(ref, snapshot));
      return undefined;
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? { kind: 'noSuchImage', name: snapshot } : undefined;
    }
  };

/** @throws MachineError invalidName, noSuchImage, machineRunning */
export const snapshotContainer = async (host: LxcHost, ref: ContainerRef, comment = ''): Promise<Operation> => {
  requireEntryName(ref.name);
  const before = await snapshotNames(ref, filesFor(host, ref));
  const newOnes = async (): Promise<readonly string[] | undefined> =>
    before === undefined
      ? undefined
      : (await snapshotNames(ref, filesFor(host, ref)))?.filter((name) => !before.includes(name));
  return containerOperation(ref, {
    command: takeSnapshot(ref, comment),
    obstacles: [missing(ref), running(host, ref)],
    abandon: async () => {
      const [first] = (await newOnes()) ?? [];
      return first === undefined ? undefined : halfDone(ref, [snapshotDirectory(ref, first)]);
    },
    settle: async () => {
      const now = await newOnes();
      if (now !== undefined) expectState(ref, word(true), word(now.length > 0));
    },
  });
};

/**
 * Brings a snapshot back, as a container of another name, or in the place of this one, whose files are lost then.
 * @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken, hasCopies, notRestored
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
      copied(host, ref),
      ...(to === undefined ? [running(host, ref)] : [taken(target)]),
    ],
    reason: () => (to === undefined ? notRestored(host, ref, snapshot, tree) : Promise.resolve(undefined)),
    abandon: async () => {
      if (to === undefined) return notRestored(host, ref, snapshot, tree);
      await removeHalf(host, target);
      return unlessGone(ref, target);
    },
    settle: () => {
      expectContainer(target, true);
      const now = identityOfTree(target);
      // Restored over itself it has another tree than before.
      if (to === undefined && tree !== undefined && now === tree) expectState(ref, snapshot, 'unchanged');
      return Promise.resolve();
    },
  });
};

/** To this tool, which compares no more letters than it is given, `A` and `AL` mean all snapshots, as `ALL` does. */
const requireOneSnapshot = (snapshot: string): void => {
  requireSnapshotName(snapshot);
  if ('ALL'.startsWith(snapshot)) throw new MachineError({ kind: 'invalidName', name: snapshot, problem: 'meansAll' });
};

/** @throws MachineError invalidName, noSuchImage */
export const removeSnapshot = (host: LxcHost, ref: ContainerRef, snapshot: string): Operation => {
  requireOneSnapshot(snapshot);
  return containerOperation(ref, {
    command: deleteSnapshot(ref, snapshot),
    obstacles: [missing(ref), withoutSnapshot(ref, snapshot)],
    abandon: async () => {
      const now = await snapshotNames(ref, filesFor(host, ref));
      return now?.includes(snapshot) === true ? halfDone(ref, [snapshotDirectory(ref, snapshot)]) : undefined;
    },
    settle: async () => {
      const now = await snapshotNames(ref, filesFor(host, ref));
      if (now?.includes(snapshot) === true) expectState(ref, word(false), word(true));
    },
  });
};
