import { setTimeout as sleep } from 'node:timers/promises';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { contentsOf, exists } from './groupFiles.ts';
import { managerOptions, ownerOf } from './groupOwner.ts';
import { stepsCommand } from './kernelSteps.ts';
import { lookAtGroup, type SeenGroup } from './seen.ts';

/** Milliseconds until what has been killed must be gone: one that waits for a dead disk never is. */
const patienceMs = 5_000;

const emptied = async (group: ControlGroup, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { pids } = await contentsOf(group);
    if (pids.length === 0) return;
    if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (performance.now() > deadline)
      throw new MachineError({ kind: 'noEffect', name: group.path, expected: 'no process', found: pids.join(' ') });
    await sleep(50);
  }
};

/**
 * Kills every process in a group and below, without asking them. Those of a unit are killed through systemd.
 * @throws MachineError noSuchGroup; kernelRefused for the root of a hierarchy
 */
export const killGroup = async (given: SeenGroup): Promise<GroupChange> => {
  const group = await lookAtGroup(given);
  if (group.path === '/') throw new MachineError({ kind: 'kernelRefused', path: groupDirectory(group), code: 'EPERM' });
  const settle = (signal: AbortSignal): Promise<void> => emptied(group, signal);
  const name = group.path;
  const owner = ownerOf(group);
  if (owner.kind === 'unit') {
    const args = [...managerOptions(owner.unit), 'kill', '--signal=SIGKILL', '--', owner.unit.name];
    const polkitActions = ['org.freedesktop.systemd1.manage-units'];
    // A service may be started anew at once, so an empty group is not to be waited for.
    const how = { command: { file: 'systemctl', args, parse: ignoreOutput, acts: true } } as const;
    return { name, how, polkitActions, settle: () => Promise.resolve() };
  }
  const file = 'cgroup.kill';
  if (await exists(groupFile(group, file)))
    return { name, how: { steps: [{ kind: 'write', group, file, text: '1' }] }, settle };
  return { name, how: { command: stepsCommand([{ kind: 'killAll', group }]) }, settle };
};
