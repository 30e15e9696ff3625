import type { Command, Run } from '../../command.ts';
import type { MachineFailure } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { performOperation } from '../../performOperation.ts';
import { type KernelStep, stepsCommand } from './kernelSteps.ts';
import { mayTakeSteps, takeSteps, whatIsGone } from './takeSteps.ts';

/** Something done to a control group, and how to know that it has really happened. */
export interface GroupChange {
  /** The group that it is done to, for people. */
  readonly name: string;
  /** By the kernel's files, or by a tool. */
  readonly how: { readonly steps: readonly KernelStep[] } | { readonly command: Command<void> };
  /** What systemd asks polkit for; empty where the kernel or libcgroup is told, who know root only. */
  readonly polkitActions?: readonly string[];
  /**
   * Resolves when it has happened.
   * @throws MachineError
   */
  readonly settle: (signal: AbortSignal) => Promise<void>;
}

const rootOnly: MachineFailure = { kind: 'notAuthorized', polkitAction: 'root' };

/** What was meant may have gone while a password was typed; else only root may. */
const explain = async ({ how, polkitActions = [] }: GroupChange): Promise<MachineFailure | undefined> => {
  const gone = 'steps' in how ? await whatIsGone(how.steps) : undefined;
  if (gone !== undefined) return gone.failure;
  return process.getuid?.() === 0 || polkitActions.length > 0 ? undefined : rootOnly;
};

/** As what runs with the privileges of somebody else: see privileges in ui. */
export const operationOf = (change: GroupChange): Operation => ({
  name: change.name,
  command: 'steps' in change.how ? stepsCommand(change.how.steps) : change.how.command,
  polkitActions: change.polkitActions ?? [],
  explain: () => explain(change),
  settle: change.settle,
});

/** Does it by the kernel's own files where this user may; false where more privileges, or a tool, are needed. */
export const changedDirectly = async ({ how, settle }: GroupChange, signal: AbortSignal): Promise<boolean> => {
  if (!('steps' in how) || !(await mayTakeSteps(how.steps))) return false;
  await takeSteps(how.steps);
  await settle(signal);
  return true;
};

/**
 * Does it as this user.
 * @throws MachineError
 */
export const makeChange = async (run: Run, change: GroupChange, signal: AbortSignal): Promise<void> => {
  if (await changedDirectly(change, signal)) return;
  await performOperation(run, operationOf(change), signal);
};
