import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../errors.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { contentsOf, controllersOf, groupExists } from './groupFiles.ts';
import { parentOf } from './groupOwner.ts';
import type { KernelStep } from './kernelSteps.ts';
import { cgdelete, hasLibcgroup, libcgroupSpec } from './libcgroupTools.ts';

/** Milliseconds that the kernel may take to let go of a group whose last process has just ended. */
const patienceMs = 2_000;

const isGone = async (group: ControlGroup, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while (await groupExists(group)) {
    if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (performance.now() > deadline)
      throw new MachineError({ kind: 'noEffect', name: group.path, expected: 'gone', found: 'there' });
    await sleep(50);
  }
};

/**
 * Removes a group and all below it. Processes in there go to its parent, each first to leave before what it was in goes.
 * @throws MachineError noSuchGroup
 */
export const deleteGroup = async (group: ControlGroup): Promise<GroupChange> => {
  if (!(await groupExists(group))) throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  const { groups, pids } = await contentsOf(group);
  const spec = libcgroupSpec([group], await controllersOf(group));
  const moves = pids.map((pid): KernelStep => ({
    kind: 'write',
    path: groupFile(parentOf(group), 'cgroup.procs'),
    text: String(pid),
  }));
  const removals = [...groups].reverse().map((one): KernelStep => ({ kind: 'remove', path: groupDirectory(one) }));
  const how =
    spec !== undefined && (await hasLibcgroup('cgdelete'))
      ? { command: cgdelete(spec) }
      : { steps: [...moves, ...removals] };
  return { name: group.path, how, settle: (signal) => isGone(group, signal) };
};
