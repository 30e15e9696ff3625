import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors.ts';
import { boundedReads } from '../../host/boundedReads.ts';
import { isEntryName } from '../containerName.ts';
import { configFileOf, type ContainerRef } from '../places.ts';
import { configIn, type ContainerConfig, type Includes, maxBytes, readPlainFile } from '../readConfig.ts';

/** A container as its directory tells of it, whether it runs or not. */
export interface DefinedContainer extends ContainerRef {
  /** Undefined where this user may not read it. */
  readonly config: ContainerConfig | undefined;
  /** Milliseconds since the epoch; undefined where the file system does not keep it. */
  readonly created: number | undefined;
  /** Of the configuration. */
  readonly modified: number | undefined;
}

const isRefused = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(codeOf(error) ?? '');

/** What is no link and no other file system, which might not answer, is at hand where its directory is. @throws an error of the file system */
const readAtHand = (path: string): string => {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
};

const configOfText = async (
  read: () => string | Promise<string>,
  includes: Includes,
): Promise<ContainerConfig | undefined> => {
  try {
    return await configIn(await read(), includes);
  } catch {
    return undefined;
  }
};

/**
 * Looks at one entry of LXC's directory. A directory is a container when it holds a file `config`; where this user may not look into it, it
 * counts as one, because a running one must have its row. What lies in a directory that is watched from this thread is read by it, too: a
 * thread of its own for each file took ten times as long with hundreds of containers.
 */
export const readContainer = async (ref: ContainerRef, includes: Includes): Promise<DefinedContainer | undefined> => {
  if (!isEntryName(ref.name)) return undefined;
  try {
    const directory = lstatSync(join(ref.lxcpath, ref.name));
    if (!directory.isDirectory()) return undefined;
    const created = directory.birthtimeMs > 0 ? Math.floor(directory.birthtimeMs) : undefined;
    const path = configFileOf(ref);
    try {
      const entry = lstatSync(path);
      const file = entry.isSymbolicLink() ? await boundedReads(() => stat(path)) : entry;
      if (!file.isFile()) return undefined;
      const isAtHand = file === entry && entry.dev === directory.dev && entry.size <= maxBytes;
      const config = await configOfText(isAtHand ? () => readAtHand(path) : () => readPlainFile(path), includes);
      return { ...ref, config, created, modified: Math.floor(file.mtimeMs) };
    } catch (error) {
      return isRefused(error) ? { ...ref, config: undefined, created, modified: undefined } : undefined;
    }
  } catch {
    return undefined;
  }
};

/** The names that may be containers; none where there is no such directory or it may not be read. */
export const containerEntries = async (lxcpath: string): Promise<readonly string[]> => {
  try {
    return (await boundedReads(() => readdir(lxcpath))).filter(isEntryName);
  } catch {
    return [];
  }
};
