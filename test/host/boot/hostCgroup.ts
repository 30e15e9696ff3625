import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../rig/processIdentity.ts';

const prefix = 'nspawn-rig-';

/** The cgroup of a host is named for the supervisor that owns it, so that a later run knows whose it was. */
export const cgroupName = (owner: string): string => `${prefix}${owner.replaceAll(' ', '-')}`;

const ownerOf = (name: string): string => name.slice(prefix.length).replace('-', ' ');

const writeIfPossible = async (path: string, text: string): Promise<void> => {
  try {
    await writeFile(path, text);
  } catch {
    // A controller that is bound to v1, or a file that this kernel does not have.
  }
};

/** Makes the cgroup of a host, with every controller that the kernel lets us pass on. */
export const makeCgroup = async (root: string, owner: string): Promise<string> => {
  const path = join(root, cgroupName(owner));
  await mkdir(path, { recursive: true });
  const controllers = (await readFile(join(root, 'cgroup.controllers'), 'utf8')).trim();
  for (const controller of controllers.split(/\s+/).filter((name) => name !== ''))
    await writeIfPossible(join(root, 'cgroup.subtree_control'), `+${controller}`);
  return path;
};

/** The same in a hierarchy of cgroup v1, whose controllers are all there without being passed on. */
export const makeV1Cgroup = async (root: string, owner: string): Promise<string> => {
  const path = join(root, cgroupName(owner));
  await mkdir(path, { recursive: true });
  return path;
};

const removeDirectories = async (path: string): Promise<void> => {
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (entry.isDirectory()) await removeDirectories(join(path, entry.name));
  await rmdir(path);
};

/** Ends every process in the cgroup and removes it. A kernel needs a moment to let go of the dead. */
export const removeCgroup = async (path: string): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    await writeIfPossible(join(path, 'cgroup.kill'), '1');
    try {
      await removeDirectories(path);
      return;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      await sleep(50);
    }
  }
  throw new Error(`the cgroup ${path} cannot be removed: something in it does not end`);
};

/** Removes the cgroups of hosts whose supervisor was killed. */
export const removeStaleCgroups = async (root: string): Promise<void> => {
  for (const entry of await readdir(root))
    if (entry.startsWith(prefix) && !isRunning(ownerOf(entry))) await removeCgroup(join(root, entry));
};
