import { constants } from 'node:fs';
import { lstat, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { summariseNspawnFile } from './summariseNspawnFile.ts';

export interface NspawnFile {
  readonly path: string;
  /** From one of the administrator's directories; beside an image most privileged settings have no effect. */
  readonly trusted: boolean;
  /** Files of the same name that would be in effect without this one. */
  readonly shadowed: readonly string[];
}

/** Where a new file belongs, and where systemd looks first. */
export const nspawnDirectories: readonly string[] = ['/etc/systemd/nspawn', '/run/systemd/nspawn'];

/** systemd opens the file: a link counts where it leads to something. */
const exists = async (path: string): Promise<boolean> => {
  try {
    const own = await lstat(path);
    return (own.isSymbolicLink() ? await stat(path) : own).isDirectory() ? false : true;
  } catch {
    return false;
  }
};

/**
 * Finds the `.nspawn` file in effect for a machine, in the order of load_settings() in systemd's src/nspawn/nspawn.c: the
 * first hit alone counts, nothing is merged. It is named after the machine, also beside a disk image: `NAME.nspawn`, not
 * `NAME.raw.nspawn`.
 * @param name a valid name of a machine or image
 * @param imagePath the image, or root directory, that the machine runs from
 * @param directories elsewhere only in tests
 */
export const findNspawnFile = async (
  name: string,
  imagePath: string | undefined,
  directories = nspawnDirectories,
): Promise<NspawnFile | undefined> => {
  if (name.includes('/')) return undefined;
  const beside = imagePath === undefined || imagePath === '/' ? [] : [dirname(imagePath)];
  const found: string[] = [];
  for (const directory of [...directories, ...beside]) {
    const path = join(directory, `${name}.nspawn`);
    if (!found.includes(path) && (await exists(path))) found.push(path);
  }
  const [path, ...shadowed] = found;
  return path === undefined ? undefined : { path, trusted: directories.includes(dirname(path)), shadowed };
};

const maxBytes = 64 * 1024;

/**
 * Reads a `.nspawn` file and says in a few words what it sets; nothing where this user may not read it. It may lie beside
 * an image, where others write too: only a regular file is read, and only its beginning.
 */
export const readNspawnSummary = async (path: string): Promise<readonly string[]> => {
  try {
    // Opening a device already does something: that of a watchdog starts it.
    if (!(await stat(path)).isFile()) return [];
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) return [];
      const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
      return summariseNspawnFile(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return [];
  }
};
