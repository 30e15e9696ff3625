import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { identityIn, identityOf } from '../../machines/directoryIdentity.ts';
import { MachineError } from '../../machines/errors.ts';
import { codeOf } from './errorCode.ts';

/**
 * Which directory is there now.
 * @throws MachineError fileProblem where none can be seen
 */
export const seenDirectory = (directory: string): Promise<string> =>
  identityOf(directory).catch((error: unknown) => {
    throw new MachineError({ kind: 'fileProblem', path: directory, code: codeOf(error) }, { cause: error });
  });

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
    if (identityIn(await held.stat({ bigint: true })) !== identity) throw problem('ESTALE');
    await first();
    await unlink(`/proc/self/fd/${held.fd}/${name}`).catch((error: unknown) => {
      throw problem(codeOf(error), error);
    });
  } finally {
    await held.close();
  }
};
