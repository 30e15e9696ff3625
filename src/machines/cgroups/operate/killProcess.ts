import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../errors.ts';
import type { KillSignal } from '../../killSignals.ts';
import { readProcess } from '../../process.ts';
import type { GroupChange } from './groupChange.ts';
import { lookAtProcess, type SeenProcess } from './seen.ts';

/** Milliseconds. */
const patienceMs = 5_000;

const ended = async ({ pid, startTime }: Required<SeenProcess>, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await readProcess(pid);
    if (found?.startTime !== startTime) return;
    if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
    if (performance.now() > deadline)
      throw new MachineError({ kind: 'noEffect', name: String(pid), expected: 'gone', found: 'running' });
    await sleep(50);
  }
};

/**
 * Sends a signal to one process; after SIGKILL it is waited until it is gone.
 * @throws MachineError noSuchProcess
 */
export const killProcess = async (seen: SeenProcess, signal: KillSignal): Promise<GroupChange> => {
  const process = await lookAtProcess(seen);
  return {
    name: String(seen.pid),
    how: { steps: [{ kind: 'signal', process, signal }] },
    settle: (abort) => (signal === 'SIGKILL' ? ended(process, abort) : Promise.resolve()),
  };
};
