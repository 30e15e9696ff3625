import { readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeLocked, tryLock } from '../../rig/heldLock.ts';
import type { HeldLock } from '../../rig/heldLock.ts';

const prefix = 'nspawn-host-';

/** The cgroup of a host, whose supervisor holds its lock. */
export interface HostCgroup {
  readonly path: string;
  readonly lock: HeldLock;
}

/** Named for the supervisor that owns it, so that a person can tell whose it is. */
export const cgroupName = (owner: string): string => `${prefix}${owner.replaceAll(' ', '-')}`;

const writeIfPossible = async (path: string, text: string): Promise<void> => {
  try {
    await writeFile(path, text);
  } catch {
    // A controller that is bound to v1, or a file that this kernel does not have.
  }
};

/** Makes the cgroup of a host, with every controller that the kernel lets us pass on. */
export const makeCgroup = async (root: string, owner: string): Promise<HostCgroup> => {
  const path = join(root, cgroupName(owner));
  const lock = await makeLocked(path);
  const controllers = (await readFile(join(root, 'cgroup.controllers'), 'utf8')).trim();
  for (const controller of controllers.split(/\s+/).filter((name) => name !== ''))
    await writeIfPossible(join(root, 'cgroup.subtree_control'), `+${controller}`);
  return { path, lock };
};

/** The same in a hierarchy of cgroup v1, whose controllers are all there without being passed on. */
export const makeV1Cgroup = async (root: string, owner: string): Promise<HostCgroup> => {
  const path = join(root, cgroupName(owner));
  const lock = await makeLocked(path);
  return { path, lock };
};

const removeDirectories = async (path: string): Promise<void> => {
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (entry.isDirectory()) await removeDirectories(join(path, entry.name));
  await rmdir(path);
};

/** Lets go on what a test, in particular a failing one, has frozen: it could not even be killed. */
const thaw = async (path: string): Promise<void> => {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await thaw(join(path, entry.name));
  await writeIfPossible(join(path, 'freezer.state'), 'THAWED');
};

/** Ends every process in the cgroup and removes it. A kernel needs a moment to let go of the dead. */
const removeCgroup = async (path: string): Promise<void> => {
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

/** Removes the cgroups of one host; a process may lie in several of them, and be frozen by one. */
export const removeCgroups = async (cgroups: readonly HostCgroup[]): Promise<void> => {
  for (const { path } of cgroups) await thaw(path);
  for (const { path, lock } of cgroups) {
    await removeCgroup(path);
    await lock.release();
  }
};

/** Removes the cgroups of hosts whose supervisor was killed: nobody has locked them. */
export const removeStaleCgroups = async (roots: readonly string[]): Promise<void> => {
  const stale: HostCgroup[] = [];
  for (const root of roots)
    for (const entry of await readdir(root)) {
      const path = join(root, entry);
      const lock = entry.startsWith(prefix) ? await tryLock(path) : undefined;
      if (lock !== undefined) stale.push({ path, lock });
    }
  await removeCgroups(stale);
};
