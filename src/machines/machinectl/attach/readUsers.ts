import type { OperationHost } from '../../operation.ts';
import type { MachineUser } from '../../passwd.ts';
import { parsePasswd } from '../../passwd.ts';
import { readStepwise } from './readStepwise.ts';
import { findLeader } from './leader.ts';

const maximumBytes = 1_048_576;

const readPasswd = (root: string): Promise<readonly MachineUser[] | undefined> =>
  readStepwise(root, ['etc', 'passwd'], maximumBytes).then(parsePasswd, () => undefined);

/**
 * The users of a running machine, from its own passwd; undefined when it cannot be read: this user may not look into it (only
 * root may), or it is no plain file. Nothing of the machine is executed for it.
 * @throws MachineError noSuchMachine, cannotEnter
 */
export const readUsers = async (host: OperationHost, name: string): Promise<readonly MachineUser[] | undefined> => {
  const { pid } = await findLeader(host, name);
  return readPasswd(`/proc/${pid}/root`);
};

/** The users of an image that is a directory. */
export const readImageUsers = (path: string): Promise<readonly MachineUser[] | undefined> => readPasswd(path);
