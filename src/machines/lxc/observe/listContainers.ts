import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors.ts';
import { boundedReads, NoAnswer } from '../../host/boundedReads.ts';
import { type Files, plainFiles } from '../../host/files.ts';
import { isEntryName } from '../containerName.ts';
import { configFileOf, type ContainerRef } from '../places.ts';
import { configIn, type ContainerConfig, type Includes } from '../readConfig.ts';
import { lookAt, readAtHand } from './atHand.ts';

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

/** How the containers of a directory are looked at together. */
export interface Look {
  readonly files: Files;
  readonly includes: Includes;
}

const configAt = async (path: string, isAtHand: boolean, look: Look): Promise<ContainerConfig | undefined> => {
  try {
    const text = isAtHand && look.files === plainFiles ? readAtHand(path) : undefined;
    return await configIn(text ?? (await look.files.read(path)), look.includes);
  } catch {
    return undefined;
  }
};

/**
 * Looks at one entry of LXC's directory. A directory is a container when it holds a file `config`; where this user may not look into it, it
 * counts as one, because a running one must have its row. In the directory of another user nothing counts that a link leads to.
 */
export const readContainer = async (
  ref: ContainerRef,
  isAtHand: boolean,
  look: Look,
): Promise<DefinedContainer | undefined> => {
  if (!isEntryName(ref.name)) return undefined;
  try {
    const directory = await lookAt(join(ref.lxcpath, ref.name), isAtHand, look.files);
    if (!directory.isDirectory()) return undefined;
    const created = directory.birthtimeMs > 0 ? Math.floor(directory.birthtimeMs) : undefined;
    const path = configFileOf(ref);
    try {
      const entry = await lookAt(path, isAtHand, look.files);
      // A link may lead to another file system.
      const isLink = entry.isSymbolicLink() && look.files === plainFiles;
      const file = isLink ? await boundedReads(() => stat(path)) : entry;
      if (!file.isFile()) return undefined;
      const config = await configAt(path, isAtHand && !isLink, look);
      return { ...ref, config, created, modified: Math.floor(file.mtimeMs) };
    } catch (error) {
      return isRefused(error) ? { ...ref, config: undefined, created, modified: undefined } : undefined;
    }
  } catch {
    return undefined;
  }
};

/**
 * The names that may be containers; none where there is no such directory or it may not be read, undefined where the file system does not
 * answer.
 */
export const containerEntries = async (lxcpath: string, files: Files): Promise<readonly string[] | undefined> => {
  try {
    return (await files.list(lxcpath)).filter(isEntryName);
  } catch (error) {
    return error instanceof NoAnswer ? undefined : [];
  }
};
