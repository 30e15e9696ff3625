import type { Command, Run } from '../command.ts';
import { ignoreOutput } from '../command.ts';
import { MachineError } from '../errors.ts';
import { readProcess } from './process.ts';

/** What polkit says to an action of this user's: `challenge` means that a password would help. */
export type Authorization = 'authorized' | 'challenge' | 'denied' | 'unknown';

/** pkcheck ends in 0 (authorized), 1 (denied), 2 (a password is needed), 3 (dismissed): pkcheck(1). */
const checkAuthorizationCommand = (
  action: string,
  subject: { readonly pid: number; readonly startTime: string; readonly uid: number },
): Command<void> => ({
  file: 'pkcheck',
  args: ['--action-id', action, '--process', `${subject.pid},${subject.startTime},${subject.uid}`],
  parse: ignoreOutput,
  timeoutMs: 10_000,
});

const readAnswer = (error: unknown): Authorization => {
  if (!(error instanceof MachineError) || error.failure.kind !== 'toolFailed') return 'unknown';
  switch (error.failure.exitCode) {
    case 1:
    case 3:
      return 'denied';
    case 2:
      return 'challenge';
    default:
      return 'unknown';
  }
};

/** Asks polkit, with this process as the subject, as every user may. Asks no person. */
export const checkAuthorization = async (run: Run, action: string): Promise<Authorization> => {
  const facts = await readProcess(process.pid);
  const uid = process.getuid?.();
  if (facts === undefined || uid === undefined) return 'unknown';
  try {
    await run(checkAuthorizationCommand(action, { pid: process.pid, startTime: facts.startTime, uid }));
    return 'authorized';
  } catch (error) {
    return readAnswer(error);
  }
};

/**
 * The first of the actions that this user may not do. Root may do all. Where polkit cannot be asked (it is not installed,
 * or its bus is down) the host's services let nobody but root do anything, so then it is the first.
 */
export const findForbidden = async (run: Run, actions: readonly string[]): Promise<string | undefined> => {
  if (process.getuid?.() === 0) return undefined;
  for (const action of actions) {
    if ((await checkAuthorization(run, action)) !== 'authorized') return action;
  }
  return undefined;
};
