import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
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

interface Beside {
  readonly files: readonly GroupFile[];
  readonly isComplete: boolean;
}

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** Undefined for what is not there, no plain file, or not for libcgroup; `left out` for what leads elsewhere or is too large. */
const readOne = (
  directory: string,
  name: string,
  version: LibcgroupVersion,
  types: readonly FileType[],
): GroupFile | 'left out' | undefined => {
  const path = join(directory, name);
  const languageId = setPlaceOf(path) === undefined ? undefined : languageOfPath(path);
  if (languageId === undefined) return undefined;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return undefined;
    if (stats.size > longestText || !realpathSync(path).startsWith(join(realpathSync(directory), '/')))
      return 'left out';
    const document = TextDocument.create(`file://${path}`, languageId, 0, decodeUtf8(readFileSync(path)));
    const file = openFileAs(document, languageId, types);
    return file === undefined ? undefined : groupFileOf(file, name, version);
  } catch (error) {
    return isMissing(error) ? undefined : 'left out';
  }
};

const readBeside = (directory: string, version: LibcgroupVersion, types: readonly FileType[]): Beside => {
  try {
    const below = setDirectoryNames.flatMap((name) => namesIn(join(directory, name)).map((one) => `${name}/${one}`));
    const read = [...setFileNames, ...below].map((name) => readOne(directory, name, version, types));
    return {
      files: inReadingOrder(read.filter((one) => typeof one === 'object')),
      isComplete: !read.includes('left out'),
    };
  } catch {
    // A directory that may not be looked at may hold anything.
    return { files: [], isComplete: false };
  }
};

/** What the files say that libcgroup reads together with one of that absolute path. Each directory is read once. */
export const createGroupsBeside = (
  version: LibcgroupVersion,
  types: readonly FileType[],
): ((path: string) => GroupSet | undefined) => {
  const known = new Map<string, Beside>();
  return (path) => {
    const place = setPlaceOf(path);
    if (place === undefined) return undefined;
    const { directory, name } = place;
    const { files, isComplete } = known.get(directory) ?? readBeside(directory, version, types);
    known.set(directory, { files, isComplete });
    return { name, others: files.filter((file) => file.name !== name), isComplete };
  };
};
