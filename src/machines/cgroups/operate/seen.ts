import { identityOf } from '../../host/watchDirectory.ts';
import { MachineError } from '../../errors.ts';
import { readProcess } from '../../host/process.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';

/** A process as somebody saw it: the number alone may be another one's by now. */
export interface SeenProcess {
  readonly pid: number;
  /** Clock ticks since boot; undefined where only a number was typed. */
  readonly startTime?: string;
}

/** A group as somebody saw it: its path alone may be another one's by now. */
export interface SeenGroup extends ControlGroup {
  /** `DEVICE:INODE` of its directory, which the kernel gives to no other one; undefined where nobody has looked. */
  readonly identity?: string;
}

/**
 * The same process with what tells it from every other one.
 * @throws MachineError noSuchProcess where it has ended, whoever has its number now
 */
export const lookAtProcess = async ({ pid, startTime }: SeenProcess): Promise<Required<SeenProcess>> => {
  const found = await readProcess(pid);
  if (found === undefined || (startTime !== undefined && found.startTime !== startTime))
    throw new MachineError({ kind: 'noSuchProcess', pid });
  return { pid, startTime: found.startTime };
};

/** Undefined where there is no such directory. */
export const identityIfThere = (directory: string): Promise<string | undefined> =>
  identityOf(directory).catch(() => undefined);

/**
 * The same group with what tells it from every other one.
 * @throws MachineError noSuchGroup where it is gone, whatever has its path now
 */
export const lookAtGroup = async (group: SeenGroup): Promise<Required<SeenGroup>> => {
  const identity = await identityIfThere(groupDirectory(group));
  if (identity === undefined || (group.identity !== undefined && group.identity !== identity))
    throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  return { ...group, identity };
};
