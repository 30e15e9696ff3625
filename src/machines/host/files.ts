import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, opendir, readdir } from 'node:fs/promises';
import { boundedReads } from './boundedReads.ts';

/** How texts and directories are read that somebody else may be writing to. All of it is bounded, and throws an error of the file system. */
export interface Files {
  /** The first megabyte of a plain file: opening a FIFO would wait for its other end. */
  readonly read: (path: string) => Promise<string>;
  readonly list: (path: string) => Promise<readonly string[]>;
  /** A link is not followed. */
  readonly look: (path: string) => Promise<Stats>;
}

export const maxBytes = 1024 * 1024;

const { O_RDONLY, O_NONBLOCK, O_NOCTTY, O_DIRECTORY, O_NOFOLLOW } = constants;

/** `await using` would be a kilobyte of code that the first rows wait for. */
const closing = async <Result>(file: FileHandle, work: (file: FileHandle) => Promise<Result>): Promise<Result> => {
  try {
    return await work(file);
  } finally {
    await file.close();
  }
};

const textOf = async (file: FileHandle): Promise<string> => {
  if (!(await file.stat()).isFile()) throw new Error('not a file');
  const buffer = Buffer.alloc(64 * 1024);
  let text = '';
  while (text.length < maxBytes) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) break;
    text += buffer.toString('latin1', 0, bytesRead);
  }
  return Buffer.from(text, 'latin1').toString('utf8');
};

const openText = async (path: string): Promise<string> =>
  closing(await open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY), textOf);

/** With the rights of this process, wherever links lead. */
export const plainFiles: Files = {
  read: (path) => boundedReads(() => openText(path)),
  list: (path) => boundedReads(() => readdir(path)),
  look: (path) => boundedReads(() => lstat(path)),
};

/** Of Linux, which Node has no name for: a place that is held and neither read nor written, so that nothing happens to a device. */
const O_PATH = 0o10000000;

/** More names than that are somebody's joke. */
const maxNames = 10_000;

const inProcess = ({ fd }: FileHandle): string => `/proc/self/fd/${fd}`;

/** Holds what lies at a path, from one directory to the next, so that nobody can put a link in the way meanwhile; a link at its end is held itself. */
const hold = async (path: string): Promise<FileHandle> => {
  let held = await open('/', O_PATH | O_DIRECTORY);
  for (const part of path.split('/'))
    if (part !== '') held = await closing(held, (above) => open(`${inProcess(above)}/${part}`, O_PATH | O_NOFOLLOW));
  return held;
};

const held = <Result>(path: string, work: (place: FileHandle, stats: Stats) => Promise<Result>): Promise<Result> =>
  boundedReads(async () => closing(await hold(path), async (place) => work(place, await place.stat())));

const failed = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * For root in the directories of a user who may have anything lie there: follows no link, opens nothing but plain files and directories, and
 * reads no file that the user could not have read.
 */
export const filesOfUser = (user: number): Files => ({
  read: (path) =>
    held(path, async (place, stats) => {
      if (!stats.isFile()) throw failed('EINVAL');
      if (stats.uid !== user && (stats.mode & 0o004) === 0) throw failed('EACCES');
      return openText(inProcess(place));
    }),
  list: (path) =>
    held(path, async (place, stats) => {
      if (!stats.isDirectory()) throw failed('ENOTDIR');
      const names: string[] = [];
      for await (const { name } of await opendir(inProcess(place))) {
        if (names.length >= maxNames) break;
        names.push(name);
      }
      return names;
    }),
  look: (path) => held(path, (_, stats) => Promise.resolve(stats)),
});
