import { readlink } from 'node:fs/promises';
import { MachineError } from '../../errors.ts';
import type { OperationHost } from '../../operation.ts';
import type { MachineUser } from '../../host/passwd.ts';
import { parsePasswd } from '../../host/passwd.ts';
import { readStepwise } from './readStepwise.ts';
import { findLeader } from './leader.ts';

const maximumBytes = 1_048_576;

const hasTimedOut = (error: unknown): boolean => error instanceof MachineError && error.failure.kind === 'timedOut';

/** Asks the kernel alone, so no file system of the machine's can make it wait. */
const mayLookInto = (root: string): Promise<boolean> =>
  readlink(root).then(
    () => true,
    () => false,
  );

/**
 * The users of a running machine, from its own passwd; undefined when it cannot be read: this user may not look into it (only
 * root may), or it is no plain file. Nothing of the machine is executed for it.
 * @throws MachineError noSuchMachine, cannotEnter also where its files do not answer
 */
export const readMachineUsers = async (
  host: OperationHost,
  name: string,
): Promise<readonly MachineUser[] | undefined> => {
  const { pid } = await findLeader(host, name);
  const root = `/proc/${pid}/root`;
  if (!(await mayLookInto(root))) return undefined;
  try {
    return parsePasswd(await host.run(readStepwise(root, ['etc', 'passwd'], maximumBytes)));
  } catch (error) {
    if (!hasTimedOut(error)) return undefined;
    throw new MachineError({ kind: 'cannotEnter', name, reason: 'usersSilent' }, { cause: error });
  }
};
