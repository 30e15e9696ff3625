import { MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { waitUntil } from '../../waitUntil.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';
import type { OwnerOf } from '../groupOwner.ts';
import { contentsOf, exists } from './groupFiles.ts';
import { byKernel, byScript, bySystemd } from './groupOperation.ts';
import { lookAtGroup, type SeenGroup } from './seen.ts';

/** Milliseconds until what has been killed must be gone: one that waits for a dead disk never is. */
const limitMs = 5_000;

const emptied = async (group: ControlGroup, signal: AbortSignal): Promise<void> => {
  const isEmpty = async (): Promise<boolean> => (await contentsOf(group)).pids.length === 0;
  if (await waitUntil(isEmpty, { signal, limitMs })) return;
  const { pids } = await contentsOf(group);
  throw new MachineError({ kind: 'noEffect', name: group.path, expected: 'no process', found: pids.join(' ') });
};

/**
 * Kills every process in a group and below, without asking them. Those of a unit are killed through systemd.
 * @throws MachineError noSuchGroup; kernelRefused for the root of a hierarchy
 */
export const killGroup = async (given: SeenGroup, ownerOf: OwnerOf): Promise<Operation> => {
  const group = await lookAtGroup(given);
  if (group.path === '/') throw new MachineError({ kind: 'kernelRefused', path: groupDirectory(group), code: 'EPERM' });
  const settle = (signal: AbortSignal): Promise<void> => emptied(group, signal);
  const owner = ownerOf(group);
  // A service may be started anew at once, so an empty group is not to be waited for.
  if (owner.kind === 'unit') return bySystemd(owner.unit, ['kill', '--signal=SIGKILL']);
  const file = 'cgroup.kill';
  if (await exists(groupFile(group, file)))
    return byKernel(group.path, [{ kind: 'write', group, file, text: '1' }], settle);
  return byScript({ kind: 'killAll', group }, settle);
};
