import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, type MachineFailure } from '../../errors.ts';
import { waitUntil } from '../../waitUntil.ts';
import { destroy } from '../commands/containerCommands.ts';
import { configFileOf, type ContainerRef, idOf, isDefined } from '../places.ts';
import { readSettings } from '../readConfig.ts';
import { filesFor, type LxcHost } from './containerOperation.ts';

const cleaningMs = 30_000;

const directoryOf = ({ lxcpath, name }: ContainerRef): string => join(lxcpath, name);

export const halfDone = (ref: ContainerRef, paths: readonly string[]): MachineFailure => ({
  kind: 'halfDone',
  name: idOf(ref),
  paths,
});

/** What is left of a container that was to be removed, or to be made. */
export const unlessGone = (ref: ContainerRef, left = ref): MachineFailure | undefined =>
  isDefined(left) === true ? halfDone(ref, [directoryOf(left)]) : undefined;

/** LXC writes the configuration of a copy first, and where its files lie only when they are all there. */
const isHalfCopied = async (host: LxcHost, ref: ContainerRef): Promise<boolean> => {
  try {
    const settings = await readSettings(configFileOf(ref), filesFor(host, ref));
    return !settings.some(([key]) => key === 'lxc.rootfs.path' || key === 'lxc.rootfs');
  } catch {
    return false;
  }
};

/** Removes a copy that has no files yet or a part of them, for which LXC has no word; what is whole, or cannot be removed, stays. */
export const removeHalf = async (host: LxcHost, copy: ContainerRef): Promise<void> => {
  const isOver = async (): Promise<boolean> => {
    if (!(await isHalfCopied(host, copy))) return true;
    await host.run(destroy(copy, false)).catch(() => undefined);
    return isDefined(copy) !== true;
  };
  const { signal } = new AbortController();
  await waitUntil(isOver, { signal, limitMs: cleaningMs });
};

/** Which directory its tree is; undefined where this user may not look, or it is none. */
export const identityOfTree = ({ lxcpath, name }: ContainerRef): string | undefined => {
  try {
    const { dev, ino, ctimeNs } = lstatSync(join(lxcpath, name, 'rootfs'), { bigint: true });
    return `${dev}:${ino}:${ctimeNs}`;
  } catch {
    return undefined;
  }
};

const isMissing = (path: string): boolean => {
  try {
    lstatSync(path);
    return false;
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
};

/**
 * LXC removes the files of a container before it puts those of the snapshot in their place, the configuration first: without room for these
 * there is a configuration, and an empty tree or a part of one, which LXC does not clean up because of the snapshots beside it.
 * @param tree which directory the tree was before
 */
export const notRestored = async (
  host: LxcHost,
  ref: ContainerRef,
  snapshot: string,
  tree: string | undefined,
): Promise<MachineFailure | undefined> => {
  const isAnother = tree !== undefined && identityOfTree(ref) !== tree;
  if (!isAnother && !isMissing(configFileOf(ref)) && !(await isHalfCopied(host, ref))) return undefined;
  return { kind: 'notRestored', name: idOf(ref), path: join(directoryOf(ref), 'snaps', snapshot) };
};
