import { constants } from 'node:fs';
import { mkdir, open, rm, unlink, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { identityIn, identityOf } from '../../machines/host/watchDirectory.ts';
import { codeOf, MachineError } from '../../machines/errors.ts';

const problemWith = (path: string, error: unknown): MachineError =>
  new MachineError({ kind: 'fileProblem', path, code: codeOf(error) ?? 'EIO' }, { cause: error });

/**
 * Which directory is there now.
 * @throws MachineError fileProblem where none can be seen
 */
export const seenDirectory = (directory: string): Promise<string> =>
  identityOf(directory).catch((error: unknown) => {
    throw problemWith(directory, error);
  });

const heldPath = ({ fd }: FileHandle, path: string): string =>
  process.platform === 'linux' ? `/proc/self/fd/${fd}` : path;

/**
 * Holds the directory that was seen before, so that whoever may rename it or what is above it cannot have another one meant
 * in between; `work` gets a path to what is held.
 * @throws MachineError fileProblem, with the code ESTALE where it is another directory now: nothing has happened then
 */
const holding = async (directory: string, identity: string, work: (held: string) => Promise<void>): Promise<void> => {
  const handle = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY).catch((error: unknown) => {
    throw problemWith(directory, error);
  });
  try {
    if (identityIn(await handle.stat({ bigint: true })) !== identity)
      throw new MachineError({ kind: 'fileProblem', path: directory, code: 'ESTALE' });
    await work(heldPath(handle, directory));
  } finally {
    await handle.close();
  }
};

/**
 * Takes a file in a directory that was seen before away when `first` is done.
 * @throws MachineError fileProblem, with the code ESTALE where it is another directory now: nothing has happened then
 */
export const removeFrom = (
  directory: string,
  identity: string,
  name: string,
  first: () => Promise<void>,
): Promise<void> =>
  holding(directory, identity, async (held) => {
    await first();
    await unlink(`${held}/${name}`).catch((error: unknown) => {
      throw problemWith(directory, error);
    });
  });

export interface FileToWrite {
  /** Relative to the directory that it is written to. */
  readonly name: string;
  readonly text: string;
  /** The user has agreed to lose the file that is there. */
  readonly replaces: boolean;
}

const writeBelow = async (held: string, names: readonly string[], file: FileToWrite): Promise<void> => {
  const [name, ...rest] = names;
  const path = `${held}/${name ?? ''}`;
  if (rest.length === 0) {
    // A link, such as that of a masked unit, is taken away and not written through.
    if (file.replaces) await rm(path, { force: true });
    await writeFile(path, file.text, { flag: 'wx', mode: 0o644 });
    return;
  }
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  const inner = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await writeBelow(heldPath(inner, path), rest, file);
  } finally {
    await inner.close();
  }
};

/**
 * Writes files to a directory that was seen before, and makes the directories in it that they need; a link among these is not followed.
 * @throws MachineError fileProblem, with the code ESTALE where it is another directory now, and EEXIST where a file has come there that
 * nobody agreed to lose
 */
export const writeInto = (directory: string, identity: string, files: readonly FileToWrite[]): Promise<void> =>
  holding(directory, identity, async (held) => {
    for (const file of files)
      try {
        await writeBelow(held, file.name.split('/'), file);
      } catch (error) {
        throw problemWith(join(directory, file.name), error);
      }
  });
