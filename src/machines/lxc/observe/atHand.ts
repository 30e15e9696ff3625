import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { boundedReads } from '../../host/boundedReads.ts';
import { mountsIn } from '../../host/mounts.ts';
import { maxBytes } from '../readConfig.ts';

/** File systems on disks and in memory of this host; others may wait for a server or for a program. */
const localTypes: ReadonlySet<string> = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'reiserfs', 'bcachefs', 'zfs'],
  ...['tmpfs', 'ramfs', 'rootfs', 'overlay', 'squashfs', 'erofs'],
]);

const isBelow = (path: string, point: string): boolean =>
  path === point || path.startsWith(point === '/' ? point : `${point}/`);

/**
 * Which containers of a directory, whose path leads through no link, may be read by this thread: the way there is over local file systems
 * only, and neither the container's directory nor its configuration is a mount point.
 */
export const atHandIn = (directory: string, mountinfo: string): ((name: string) => boolean) => {
  const mounts = mountsIn(mountinfo);
  const above = mounts.filter(({ point }) => isBelow(directory, point));
  if (above.length === 0 || above.some(({ type }) => !localTypes.has(type))) return () => false;
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
export const lookAt = (path: string, isAtHand: boolean): Stats | Promise<Stats> =>
  isAtHand ? lstatSync(path) : boundedReads(() => lstat(path));

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
