import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { boundedReads } from '../../host/boundedReads.ts';
import { type Files, maxBytes, plainFiles } from '../../host/files.ts';
import { type Mount, mountsIn } from '../../host/mounts.ts';

/** File systems on disks and in memory of this host; others may wait for a server or for a program. */
const localTypes: ReadonlySet<string> = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'reiserfs', 'bcachefs', 'zfs'],
  ...['tmpfs', 'ramfs', 'rootfs', 'overlay', 'squashfs', 'erofs'],
]);

const isBelow = (path: string, point: string): boolean =>
  path === point || path.startsWith(point === '/' ? point : `${point}/`);

const isLocalBy = (directory: string, mounts: readonly Mount[]): boolean => {
  const above = mounts.filter(({ point }) => isBelow(directory, point));
  return above.length > 0 && above.every(({ type }) => localTypes.has(type));
};

/** Whether the way to a directory is over local file systems only, as this host has mounted them now. */
export const isLocal = async (directory: string, proc: string): Promise<boolean> =>
  isLocalBy(directory, mountsIn(await readFile(join(proc, 'self/mountinfo'), 'utf8').catch(() => '')));

/**
 * Which containers of a directory, whose path leads through no link, may be read by this thread: the way there is over local file systems
 * only, and neither the container's directory nor its configuration is a mount point.
 */
export const atHandIn = (directory: string, mountinfo: string): ((name: string) => boolean) => {
  const mounts = mountsIn(mountinfo);
  if (!isLocalBy(directory, mounts)) return () => false;
  const points = new Set(mounts.map(({ point }) => point));
  return (name) => !points.has(join(directory, name)) && !points.has(join(directory, name, 'config'));
};

/** The same as this host has mounted it now; nothing is at hand where that cannot be told. */
export const findAtHand = async (lxcpath: string, proc: string): Promise<(name: string) => boolean> => {
  try {
    const directory = await boundedReads(() => realpath(lxcpath));
    return atHandIn(directory, await readFile(join(proc, 'self/mountinfo'), 'utf8'));
  } catch {
    return () => false;
  }
};

/** What is at hand is looked at by this thread: a thread of its own for each took ten times as long with hundreds of containers. */
export const lookAt = (path: string, isAtHand: boolean, files: Files): Stats | Promise<Stats> =>
  isAtHand && files === plainFiles ? lstatSync(path) : files.look(path);

/** The text of a plain file; undefined for what is none, or too large to be read by this thread. @throws an error of the file system */
export const readAtHand = (path: string): string | undefined => {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants;
  const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    const buffer = Buffer.alloc(stats.size);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
};
