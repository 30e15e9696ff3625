import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { decodeUtf8 } from '../hostFacts/readText.ts';
import { groupFileOf, type GroupFile } from '../language/cgroups/groupFile.ts';
import { inReadingOrder, type GroupSet } from '../language/cgroups/groupSet.ts';
import { setDirectoryNames, setFileNames, setPlaceOf } from '../language/cgroups/setPlace.ts';
import type { LibcgroupVersion } from '../language/context.ts';
import type { FileType } from '../language/fileType.ts';
import { languageOfPath } from '../language/languageOfPath.ts';
import { longestText } from '../language/limits.ts';
import { openFileAs } from '../language/openFile.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** One file of a directory that libcgroup reads; what it says is read when it is asked for, and once. */
interface Beside {
  readonly name: string;
  readonly read: () => GroupFile | 'left out' | undefined;
  /** Whether it leads elsewhere, is too large, or may not be looked at. */
  readonly isLeftOut: boolean;
}

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** Runs it; `isMissing` gives undefined, any other failure 'left out'. */
const unlessMissing = <Result>(action: () => Result): Result | 'left out' | undefined => {
  try {
    return action();
  } catch (error) {
    return isMissing(error) ? undefined : 'left out';
  }
};

/** Undefined for what is not there, no plain file, or not for libcgroup. */
const lookAt = (
  directory: string,
  name: string,
  version: LibcgroupVersion,
  types: readonly FileType[],
): Beside | undefined => {
  const path = join(directory, name);
  const languageId = setPlaceOf(path) === undefined ? undefined : languageOfPath(path);
  if (languageId === undefined) return undefined;
  const state = unlessMissing(() => {
    const stats = statSync(path);
    if (!stats.isFile()) return undefined;
    if (stats.size > longestText || !realpathSync(path).startsWith(join(realpathSync(directory), '/')))
      return 'left out';
    accessSync(path, constants.R_OK);
    return 'there';
  });
  if (state === undefined) return undefined;
  const known: { file?: GroupFile | 'left out' | undefined } = {};
  const read = (): GroupFile | 'left out' | undefined =>
    unlessMissing(() => {
      const document = TextDocument.create(`file://${path}`, languageId, 0, decodeUtf8(readFileSync(path)));
      const file = openFileAs(document, languageId, types);
      return file === undefined ? undefined : groupFileOf(file, name, version);
    });
  return {
    name,
    isLeftOut: state === 'left out',
    read: () => {
      if (!('file' in known)) known.file = state === 'left out' ? state : read();
      return known.file;
    },
  };
};

/** Undefined for a directory that may not be looked at: it may hold anything. */
const lookBeside = (
  directory: string,
  version: LibcgroupVersion,
  types: readonly FileType[],
): readonly Beside[] | undefined => {
  try {
    const below = setDirectoryNames.flatMap((name) => namesIn(join(directory, name)).map((one) => `${name}/${one}`));
    return [...setFileNames, ...below].flatMap((name) => lookAt(directory, name, version, types) ?? []);
  } catch {
    return undefined;
  }
};

/**
 * What the files say that libcgroup reads together with one of that absolute path. Each is read once, and the one that is judged is
 * not read here: that would be as much work again.
 * @param atOnce whether all of a directory are read with the first: repairs of one then change nothing of what another is judged with
 */
export const createGroupsBeside = (
  version: LibcgroupVersion,
  types: readonly FileType[],
  atOnce: boolean,
): ((path: string) => GroupSet | undefined) => {
  const known = new Map<string, readonly Beside[] | undefined>();
  return (path) => {
    const place = setPlaceOf(path);
    if (place === undefined) return undefined;
    const { directory, name } = place;
    if (!known.has(directory)) {
      const found = lookBeside(directory, version, types);
      if (atOnce) for (const one of found ?? []) one.read();
      known.set(directory, found);
    }
    const beside = known.get(directory);
    if (beside === undefined) return { name, others: [], isComplete: false };
    const read = beside.filter((one) => one.name !== name).map((one) => one.read());
    const isLeftOut = read.includes('left out') || beside.some((one) => one.isLeftOut);
    return { name, others: inReadingOrder(read.filter((one) => typeof one === 'object')), isComplete: !isLeftOut };
  };
};
