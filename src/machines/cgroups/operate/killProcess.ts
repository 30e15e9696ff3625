import { setTimeout as sleep } from 'node:timers/promises';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { KillSignal } from '../../killSignals.ts';
import { readProcess } from '../../process.ts';
import type { GroupChange } from './groupChange.ts';
import { requireProcess, type SeenProcess } from './moveProcess.ts';

/** Milliseconds. */
const patienceMs = 5_000;

const ended = async ({ pid, startTime }: SeenProcess, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await readProcess(pid);
    if (found === undefined || (startTime !== undefined && found.startTime !== startTime)) return;
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
  await requireProcess(seen);
  const args = ['-s', signal.replace(/^SIG/u, ''), '--', String(seen.pid)];
  return {
    name: String(seen.pid),
    how: { command: { file: 'kill', args, parse: ignoreOutput, acts: true } },
    settle: (abort) => (signal === 'SIGKILL' ? ended(seen, abort) : Promise.resolve()),
  };
};
