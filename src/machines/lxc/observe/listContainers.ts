import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors.ts';
import { boundedReads } from '../../host/boundedReads.ts';
import { isEntryName } from '../containerName.ts';
import { configFileOf, type ContainerRef } from '../places.ts';
import { type ContainerConfig, readConfig } from '../readConfig.ts';

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

/**
 * Looks at one entry of LXC's directory. A directory is a container when it holds a file `config`; where this user may not look into it, it
 * counts as one, because a running one must have its row.
 */
export const readContainer = async (ref: ContainerRef): Promise<DefinedContainer | undefined> => {
  if (!isEntryName(ref.name)) return undefined;
  try {
    const directory = await boundedReads(() => lstat(join(ref.lxcpath, ref.name)));
    if (!directory.isDirectory()) return undefined;
    const created = directory.birthtimeMs > 0 ? Math.floor(directory.birthtimeMs) : undefined;
    const path = configFileOf(ref);
    try {
      const file = await boundedReads(() => stat(path));
      if (!file.isFile()) return undefined;
      const modified = Math.floor(file.mtimeMs);
      const config = await readConfig(path).catch(() => undefined);
      return { ...ref, config, created, modified };
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
