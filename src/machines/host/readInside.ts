import { constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

const maxLinks = 40;
const maxBytes = 64 * 1024;

/** Follows the links of `path` as if `root` were `/`: absolute ones start there again, `..` ends there. */
const resolveInside = async (root: string, path: string): Promise<string> => {
  const waiting = path.split('/');
  let reached: string[] = [];
  let links = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      reached.pop();
      continue;
    }
    const next = join(root, ...reached, part);
    if (!(await lstat(next)).isSymbolicLink()) {
      reached.push(part);
      continue;
    }
    links += 1;
    if (links > maxLinks) throw new Error('too many links');
    const target = await readlink(next);
    if (target.startsWith('/')) reached = [];
    waiting.unshift(...target.split('/'));
  }
  return join(root, ...reached);
};

/**
 * Reads a small text file of an operating system tree, which somebody else may be writing to: no link leads out of the
 * tree, and what was opened is checked once more, in case a directory was exchanged for a link meanwhile.
 * @param path relative to `root`
 * @returns the first 64 KiB
 * @throws Error of node:fs, or for a file that is no file or lies outside
 */
export const readInside = async (root: string, path: string): Promise<string> => {
  const realRoot = await realpath(root);
  const place = await resolveInside(realRoot, path);
  // Opening a device already does something: that of a watchdog starts it.
  if (!(await lstat(place)).isFile()) throw new Error('not a file of this tree');
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = await readlink(`/proc/self/fd/${file.fd}`);
    const inside = realRoot === '/' || opened.startsWith(`${realRoot}/`);
    if (!inside || !(await file.stat()).isFile()) throw new Error('not a file of this tree');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};
