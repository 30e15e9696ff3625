import { constants } from 'node:fs';
import { open, stat, unlink } from 'node:fs/promises';
import { MachineError } from '../../machines/errors.ts';
import { codeOf } from './errorCode.ts';

/** Which directory a path leads to, whatever it is called: as `stat -c %d:%i` prints it. */
export const identityOf = async (directory: string): Promise<string> => {
  try {
    const { dev, ino } = await stat(directory);
    return `${dev}:${ino}`;
  } catch (error) {
    throw new MachineError({ kind: 'fileProblem', path: directory, code: codeOf(error) }, { cause: error });
  }
};

/**
 * Holds the directory that was seen before, so that whoever may rename it or what is above it cannot have another one meant
 * in between, and takes a file in it away when `first` is done.
 * @throws MachineError fileProblem, with the code ESTALE where it is another directory now: nothing has happened then
 */
export const removeFrom = async (
  directory: string,
  identity: string,
  name: string,
  first: () => Promise<void>,
): Promise<void> => {
  const problem = (code: string, cause?: unknown): MachineError =>
    new MachineError({ kind: 'fileProblem', path: directory, code }, cause === undefined ? undefined : { cause });
  const held = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY).catch((error: unknown) => {
    throw problem(codeOf(error), error);
  });
  try {
    const { dev, ino } = await held.stat();
    if (`${dev}:${ino}` !== identity) throw problem('ESTALE');
    await first();
    await unlink(`/proc/self/fd/${held.fd}/${name}`).catch((error: unknown) => {
      throw problem(codeOf(error), error);
    });
  } finally {
    await held.close();
  }
};
