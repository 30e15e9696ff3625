import { boundedReads, NoAnswer } from './boundedReads.ts';
import type { OsRelease } from '../machine.ts';
import { parseOsRelease } from './osRelease.ts';
import { readInside } from './readInside.ts';

/**
 * Reads the os-release file of an operating system tree on disk; undefined where there is none that can be read. The tree is
 * seen as the host mounts it, so a running machine cannot make it hang, but a mount of the host's in it can.
 */
export const osReleaseInTree = async (root: string): Promise<OsRelease | undefined> => {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    try {
      return parseOsRelease(await boundedReads(() => readInside(root, path)));
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      // The next place; neither is there in many a BusyBox tree.
    }
  }
  return undefined;
};
