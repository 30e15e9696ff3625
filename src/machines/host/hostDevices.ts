import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A device file of this host. */
export interface HostDevice {
  readonly path: string;
  readonly type: 'character' | 'block';
}

const mostEntries = 5_000;

/** Where there are no devices of their own, or those of each terminal. */
const leftOut = new Set(['/dev/pts', '/dev/shm', '/dev/mqueue', '/dev/hugepages', '/dev/fd']);

/** The devices of this host, those at the top first; what may not be read is left out, and so are links. */
export const hostDevices = async (top = '/dev'): Promise<readonly HostDevice[]> => {
  const found: HostDevice[] = [];
  const directories = [top];
  const seen = { entries: 0 };
  // Grows while it is gone through.
  for (const directory of directories)
    for (const name of (await readdir(directory).catch(() => [])).sort()) {
      seen.entries += 1;
      if (seen.entries > mostEntries) return found;
      const path = join(directory, name);
      if (leftOut.has(path)) continue;
      const there = await lstat(path).catch(() => undefined);
      if (there?.isDirectory() === true) directories.push(path);
      else if (there?.isCharacterDevice() === true) found.push({ path, type: 'character' });
      else if (there?.isBlockDevice() === true) found.push({ path, type: 'block' });
    }
  return found;
};
