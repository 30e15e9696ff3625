import { constants } from 'node:fs';
import { lstat, open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { resolveInside } from '../hostFiles/paths.ts';

const maxBytes = 256 * 1024;
/** Of a directory; whoever has more of them types a letter or two. */
const maxNames = 2_000;
/** Links of a directory that are followed to see whether they lead to one. */
const maxFollowed = 200;

export interface Listed {
  readonly name: string;
  readonly isDirectory: boolean;
}

/**
 * The first 256 KiB of a plain file.
 * @throws Error of node:fs, or for what is no plain file: opening a device or a pipe may do something, or wait
 */
export const readPlainFile = async (path: string): Promise<string> => {
  if (!(await lstat(path)).isFile()) throw new Error('not a plain file');
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/**
 * The first 2,000 names in a directory of the tree `root`, as the system gives them.
 * @throws Error of node:fs
 */
export const listInside = async (root: string, path: string): Promise<readonly Listed[]> => {
  const place = await resolveInside(root, path);
  const found: (Listed & { readonly isLink: boolean })[] = [];
  for await (const entry of await opendir(place)) {
    found.push({ name: entry.name, isDirectory: entry.isDirectory(), isLink: entry.isSymbolicLink() });
    if (found.length >= maxNames) break;
  }
  const links = found.filter(({ isLink }) => isLink).slice(0, maxFollowed);
  const directories = new Set<string>();
  // One after the other: each that leads to a file system that does not answer would hold a thread of this process.
  for (const { name } of links) {
    const leadsTo = await resolveInside(root, join(path, name))
      .then(stat)
      .catch(() => undefined);
    if (leadsTo?.isDirectory() === true) directories.add(name);
  }
  return found.map(({ name, isDirectory }) => ({ name, isDirectory: isDirectory || directories.has(name) }));
};
