import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, opendir, realpath } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { setDirectoryNames, setFileNames, setPlaceOf } from '../language/cgroups/setPlace.ts';
import { longestText } from '../language/limits.ts';
import { decodeUtf8 } from './readText.ts';

/** Of all files together. */
const maxBytesInAll = 8 * 1024 * 1024;
/** Of one directory. */
const maxNames = 200;

export interface FoundFile {
  /** Below the directory that was asked for, such as `cgconfig.d/web.conf`. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** The same as long as the file has not been written. */
  readonly stamp: string;
}

/** What a directory such as `/etc` holds for libcgroup. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Which of `cgconfig.d` and `cgrules.d` are there. */
  readonly directories: readonly string[];
  /** Whether none had to be left out: too large, not readable, or a link that leads out of the directory. */
  readonly isComplete: boolean;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The names in a directory; undefined where there is none. */
const namesIn = async (path: string): Promise<readonly string[] | undefined> => {
  try {
    const names: string[] = [];
    for await (const { name } of await opendir(path)) {
      names.push(name);
      if (names.length > maxNames) break;
    }
    return names;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** Exactly: many file systems give inodes above 2^53, which a number would round to that of another file. */
export const stampOf = ({ ino, size, mtimeNs }: Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>): string =>
  `${ino} ${size} ${mtimeNs}`;

type Reading = FoundFile | 'left out' | 'nothing';

/** What one look at a directory goes by. */
interface Look {
  readonly directory: string;
  /** The same without links. */
  readonly top: string;
  readonly known: ReadonlyMap<string, FoundFile>;
  bytesLeft: number;
}

const readFound = async (look: Look, name: string): Promise<Reading> => {
  const { directory, top, known } = look;
  const before = known.get(name);
  const path = join(directory, name);
  const real = await realpath(path);
  if (!real.startsWith(`${top}/`)) return 'left out';
  const stats = await lstat(real, { bigint: true });
  if (!stats.isFile()) return 'nothing';
  const size = Number(stats.size);
  if (size > Math.min(longestText, look.bytesLeft)) return 'left out';
  look.bytesLeft -= size;
  const stamp = stampOf(stats);
  if (before?.stamp === stamp) return before;
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) return 'nothing';
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return { name, path, text: decodeUtf8(buffer.subarray(0, bytesRead)), stamp };
  } finally {
    await file.close();
  }
};

const readSafely = async (look: Look, name: string): Promise<Reading> => {
  try {
    return await readFound(look, name);
  } catch (error) {
    return isMissing(error) ? 'nothing' : 'left out';
  }
};

/**
 * Reads the files that libcgroup would read if the directory were `/etc`. A workspace may come from anybody, so no link is
 * followed out of the directory, only plain files are opened, and their number and size are limited. Never throws; files that
 * have not changed since `before` are the same objects again.
 */
export const readGroupFiles = async (directory: string, before?: FoundFiles): Promise<FoundFiles> => {
  try {
    const top = await realpath(directory);
    const listed = await Promise.all(
      setDirectoryNames.map(async (name) => ({ name, names: await namesIn(join(directory, name)) })),
    );
    const names = listed.flatMap(({ name, names: found = [] }) =>
      found.map((one) => `${name}/${one}`).filter((one) => setPlaceOf(`/${one}`) !== undefined),
    );
    const tooMany = listed.some(({ names: found = [] }) => found.length > maxNames);
    const known = new Map(before?.files.map((file) => [file.name, file]));
    const look: Look = { directory, top, known, bytesLeft: maxBytesInAll };
    const read = await Promise.all([...setFileNames, ...names.sort()].map((name) => readSafely(look, name)));
    return {
      files: read.filter((one) => typeof one !== 'string'),
      directories: listed.filter(({ names: found }) => found !== undefined).map(({ name }) => name),
      isComplete: !tooMany && !read.includes('left out'),
    };
  } catch {
    // No right to look at the directory, or it is not there.
    return { files: [], directories: [], isComplete: false };
  }
};
