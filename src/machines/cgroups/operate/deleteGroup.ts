import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../errors.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';
import type { GroupChange } from './groupChange.ts';
import { groupExists, subtreeOf } from './groupFiles.ts';
import { parentOf } from './groupOwner.ts';
import type { KernelStep } from './kernelSteps.ts';
import { identityIfThere, lookAtGroup, type SeenGroup } from './seen.ts';

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
 * libcgroup's cgdelete is not asked: it takes a path, where another group may be by then.
 * @throws MachineError noSuchGroup
 */
export const deleteGroup = async (given: SeenGroup): Promise<GroupChange> => {
  const group = await lookAtGroup(given);
  const into = parentOf(given);
  const steps: KernelStep[] = [];
  for (const { hierarchy, path } of [...(await subtreeOf(given))].reverse()) {
    const identity = path === group.path ? group.identity : await identityIfThere(groupDirectory({ hierarchy, path }));
    if (identity === undefined) continue;
    const one = { hierarchy, path, identity };
    steps.push({ kind: 'empty', group: one, into }, { kind: 'remove', group: one });
  }
  return { name: group.path, how: { steps }, settle: (signal) => isGone(group, signal) };
};
