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

/** With the rights of this process, wherever links lead. */
export const plainFiles: Files = {
  read: (path) =>
    boundedReads(async () => {
      await using file = await open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
      return await textOf(file);
    }),
  list: (path) => boundedReads(() => readdir(path)),
  look: (path) => boundedReads(() => lstat(path)),
};

/** Of Linux, which Node has no name for: a place that is held and neither read nor written, so that nothing happens to a device. */
const O_PATH = 0o10000000;

/** More names than that are somebody's joke. */
const maxNames = 10_000;

/** Holds what lies at a path, from one directory to the next, so that nobody can put a link in the way meanwhile; a link at its end is held itself. */
const hold = async (path: string): Promise<FileHandle> => {
  let held = await open('/', O_PATH | O_DIRECTORY);
  for (const part of path.split('/')) {
    if (part === '') continue;
    await using above = held;
    held = await open(`/proc/self/fd/${above.fd}/${part}`, O_PATH | O_NOFOLLOW);
  }
  return held;
};

const refused = (): Error => Object.assign(new Error('this user may not read it'), { code: 'EACCES' });

/**
 * For root in the directories of a user who may have anything lie there: follows no link, opens nothing but plain files and directories, and
 * reads no file that the user could not have read.
 */
export const filesOfUser = (uid: number): Files => ({
  read: (path) =>
    boundedReads(async () => {
      await using place = await hold(path);
      const stats = await place.stat();
      if (!stats.isFile()) throw new Error('not a file');
      if (stats.uid !== uid && (stats.mode & 0o004) === 0) throw refused();
      await using file = await open(`/proc/self/fd/${place.fd}`, O_RDONLY | O_NONBLOCK | O_NOCTTY);
      return await textOf(file);
    }),
  list: (path) =>
    boundedReads(async () => {
      await using place = await hold(path);
      const names: string[] = [];
      if (!(await place.stat()).isDirectory()) throw Object.assign(new Error('no directory'), { code: 'ENOTDIR' });
      for await (const { name } of await opendir(`/proc/self/fd/${place.fd}`)) {
        if (names.length >= maxNames) break;
        names.push(name);
      }
      return names;
    }),
  look: (path) =>
    boundedReads(async () => {
      await using place = await hold(path);
      return await place.stat();
    }),
});
