import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import type { Operation } from '../../operation.ts';
import { managerOptions, type Unit } from '../groupOwner.ts';
import { type KernelStep, type KillStep, stepsCommand } from './kernelSteps.ts';
import { mayTakeSteps, takeSteps, whatIsGone } from './takeSteps.ts';

type Settle = Operation['settle'];

/** Of what the kernel does at once, or whoever shows it reads back. */
const atOnce: Settle = () => Promise.resolve();

const isRoot = (): boolean => process.getuid?.() === 0;

/** What only root may do has failed: that is why, where this user is not root. */
const explainRootOnly: Operation['explain'] = () =>
  Promise.resolve(isRoot() ? undefined : { kind: 'notAuthorized', polkitAction: 'root' });

/** What was meant may have gone while a password was typed; else only root may. */
const explainSteps =
  (steps: readonly (KernelStep | KillStep)[]): Operation['explain'] =>
  async (signal) =>
    (await whatIsGone(steps))?.failure ?? explainRootOnly(signal);

/**
 * Tells the kernel by its files: directly where this user may, else by one run of a tool with more privileges.
 * @param name the group that it is done to, for people
 */
export const byKernel = (name: string, steps: readonly KernelStep[], settle: Settle = atOnce): Operation => ({
  name,
  directly: async () => {
    if (!(await mayTakeSteps(steps))) return false;
    await takeSteps(steps);
    return true;
  },
  command: stepsCommand(steps),
  polkitActions: [],
  explain: explainSteps(steps),
  settle,
});

/** Kills what is in a group where the kernel has no file for it. */
export const byScript = (step: KillStep, settle: Settle): Operation => ({
  name: step.group.path,
  command: stepsCommand([step]),
  polkitActions: [],
  explain: explainSteps([step]),
  settle,
});

/** By a tool that knows root only, such as libcgroup's. */
export const byTool = (name: string, command: Command<void>, settle: Settle = atOnce): Operation => ({
  name,
  command,
  polkitActions: [],
  explain: explainRootOnly,
  settle,
});

/** Stopping waits for the unit's processes, which have 90 seconds by default before they are killed. */
const stopTimeoutMs = 200_000;

/** By systemctl, which asks the systemd that runs the unit; `values` stand behind its name. */
export const bySystemd = (
  unit: Unit,
  [verb, ...options]: readonly [string, ...string[]],
  settle: Settle = atOnce,
  values: readonly string[] = [],
): Operation => ({
  name: unit.name,
  command: {
    file: 'systemctl',
    args: [...managerOptions(unit), verb, ...options, '--', unit.name, ...values],
    parse: ignoreOutput,
    acts: true,
    ...(verb === 'stop' ? { timeoutMs: stopTimeoutMs } : {}),
  },
  polkitActions: unit.uid === undefined ? ['org.freedesktop.systemd1.manage-units'] : [],
  // The systemd of this user obeys this user, and that of another one root only.
  explain: (signal) =>
    unit.uid === undefined || unit.uid === process.getuid?.() ? Promise.resolve(undefined) : explainRootOnly(signal),
  settle,
});
