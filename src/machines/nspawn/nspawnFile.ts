import { constants } from 'node:fs';
import { lstat, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { boundedReads, NoAnswer } from '../host/boundedReads.ts';
import type { ConfigFile } from '../configFile.ts';
import { codeOf } from '../errors.ts';

/** Where a new file belongs, and where systemd looks first. */
export const nspawnDirectories: readonly string[] = ['/etc/systemd/nspawn', '/run/systemd/nspawn'];

/** `closed`: in a directory that this user may not look into, or on a file system that does not answer, so nobody can tell. */
type Presence = 'there' | 'absent' | 'closed';

/** systemd opens the file: a link counts where it leads to something. */
const look = async (path: string): Promise<Presence> => {
  try {
    return await boundedReads(async () => {
      const own = await lstat(path);
      return (own.isSymbolicLink() ? await stat(path) : own).isDirectory() ? 'absent' : 'there';
    });
  } catch (error) {
    if (error instanceof NoAnswer) return 'closed';
    const code = codeOf(error);
    return code === 'EACCES' || code === 'EPERM' ? 'closed' : 'absent';
  }
};

/** What machine and `.nspawn` file are named for an image that goes by its path, because its name is taken by another. */
export const nspawnNameOf = (name: string): string => (name.includes('/') ? basename(name, '.raw') : name);

/**
 * Finds the `.nspawn` file in effect for a machine, in the order of load_settings() in systemd's src/nspawn/nspawn.c: the
 * first hit alone counts, nothing is merged. It is named after the machine, also beside a disk image: `NAME.nspawn`, not
 * `NAME.raw.nspawn`.
 * @param name a valid name of a machine or image, or the path that an image goes by
 * @param imagePath the image, or root directory, that the machine runs from
 * @param directories elsewhere only in tests
 * @returns `closed` where this user cannot tell which file it is: a place that comes first may not be looked into, or does not
 * answer
 */
export const findNspawnFile = async (
  name: string,
  imagePath: string | undefined,
  directories = nspawnDirectories,
): Promise<ConfigFile | 'closed' | undefined> => {
  if (name.includes('/') && name !== imagePath) return undefined;
  const beside = imagePath === undefined || imagePath === '/' ? [] : [dirname(imagePath)];
  const found: string[] = [];
  for (const directory of [...directories, ...beside]) {
    const path = join(directory, `${nspawnNameOf(name)}.nspawn`);
    if (found.includes(path)) continue;
    const presence = await look(path);
    if (presence === 'closed' && found.length === 0) return 'closed';
    if (presence === 'there') found.push(path);
  }
  const [path, ...shadowed] = found;
  return path === undefined ? undefined : { path, trusted: directories.includes(dirname(path)), shadowed };
};

const maxBytes = 64 * 1024;

/** The beginning of a file, and whether that is all of it. */
interface Beginning {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** It may lie beside an image, where others write too: only a regular file is read, and only its beginning. */
const openBeginning = async (path: string): Promise<Beginning | undefined> => {
  // Opening a device already does something: that of a watchdog starts it.
  if (!(await stat(path)).isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const now = await file.stat();
    if (!now.isFile()) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return { bytes: buffer.subarray(0, bytesRead), isWhole: bytesRead === now.size };
  } finally {
    await file.close();
  }
};

/** Undefined also where the file system does not answer. */
const readBeginning = (path: string): Promise<Beginning | undefined> =>
  boundedReads(() => openBeginning(path)).catch(() => undefined);

/** What stands in a `.nspawn` file, in a few words; nothing where this user may not read it. */
export const readNspawnSummary = async (path: string): Promise<readonly string[]> => {
  const beginning = await readBeginning(path);
  const { summariseNspawnFile } = await import('./summariseNspawnFile.ts');
  return summariseNspawnFile(beginning?.bytes.toString('utf8') ?? '');
};

/** The whole text of a `.nspawn` file, for who judges it; undefined where this user may not read it, or it is no text, or far too long. */
export const readNspawnText = async (path: string): Promise<string | undefined> => {
  const beginning = await readBeginning(path);
  if (beginning?.isWhole !== true) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(beginning.bytes);
  } catch {
    return undefined;
  }
};
