import { constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { resolveInside } from '../../hostFiles/paths.ts';

const maxBytes = 64 * 1024;

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

/**
 * Text that a container or a file of it has given, made safe to show: control characters, invisible formatting (which can
 * reorder or hide a line) and lone surrogates are dropped, and the length is capped.
 */
export const cleanText = (text: string, maxLength = 256): string =>
  text
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, maxLength)
    .trim();
