import { MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { waitUntil } from '../../waitUntil.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, parentOf } from '../groupDirectory.ts';
import type { Unit } from '../groupOwner.ts';
import { groupExists, subtreeOf } from './groupFiles.ts';
import { byKernel, bySystemd } from './groupOperation.ts';
import type { KernelStep } from './kernelSteps.ts';
import { identityIfThere, lookAtGroup, type SeenGroup } from './seen.ts';

/** Milliseconds that the kernel may take to let go of a group whose last process has just ended. */
const limitMs = 2_000;

const isGone = async (group: ControlGroup, signal: AbortSignal): Promise<void> => {
  if (await waitUntil(async () => !(await groupExists(group)), { signal, limitMs })) return;
  throw new MachineError({ kind: 'noEffect', name: group.path, expected: 'gone', found: 'there' });
};

/**
 * Removes a group and all below it. Processes in there go to its parent, each first to leave before what it was in goes.
 * libcgroup's cgdelete is not asked: it takes a path, where another group may be by then.
 * @throws MachineError noSuchGroup
 */
export const deleteGroup = async (given: SeenGroup): Promise<Operation> => {
  const group = await lookAtGroup(given);
  const into = parentOf(given);
  const steps: KernelStep[] = [];
  for (const { hierarchy, path } of [...(await subtreeOf(given))].reverse()) {
    const identity = path === group.path ? group.identity : await identityIfThere(groupDirectory({ hierarchy, path }));
    if (identity === undefined) continue;
    const one = { hierarchy, path, identity };
    steps.push({ kind: 'empty', group: one, into }, { kind: 'remove', group: one });
  }
  return byKernel(group.path, steps, (signal) => isGone(group, signal));
};

/** The group of a unit is there as long as the unit runs, so systemd stops that instead. */
export const stopUnitOfGroup = (unit: Unit, group: ControlGroup): Operation =>
  bySystemd(unit, ['stop'], (signal) => isGone(group, signal));
