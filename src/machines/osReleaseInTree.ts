import type { OsRelease } from './machine.ts';
import { parseOsRelease } from './osRelease.ts';
import { readInside } from './readInside.ts';

/** Reads the os-release file of an operating system tree on disk; undefined where there is none that can be read. */
export const osReleaseInTree = async (root: string): Promise<OsRelease | undefined> => {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    try {
      return parseOsRelease(await readInside(root, path));
    } catch {
      // The next place; neither is there in many a BusyBox tree.
    }
  }
  return undefined;
};
