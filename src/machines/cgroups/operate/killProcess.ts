import { MachineError } from '../../errors.ts';
import type { KillSignal } from '../../killSignals.ts';
import type { Operation } from '../../operation.ts';
import { readProcess } from '../../host/process.ts';
import { waitUntil } from '../../waitUntil.ts';
import { byKernel } from './groupOperation.ts';
import { lookAtProcess, type SeenProcess } from './seen.ts';

/** Milliseconds. */
const limitMs = 5_000;

const ended = async ({ pid, startTime }: Required<SeenProcess>, signal: AbortSignal): Promise<void> => {
  const isGone = async (): Promise<boolean> => (await readProcess(pid))?.startTime !== startTime;
  if (await waitUntil(isGone, { signal, limitMs })) return;
  throw new MachineError({ kind: 'noEffect', name: String(pid), expected: 'gone', found: 'running' });
};

/**
 * Sends a signal to one process; after SIGKILL it is waited until it is gone.
 * @throws MachineError noSuchProcess
 */
export const killProcess = async (seen: SeenProcess, signal: KillSignal): Promise<Operation> => {
  const process = await lookAtProcess(seen);
  return byKernel(String(seen.pid), [{ kind: 'signal', process, signal }], (abort) =>
    signal === 'SIGKILL' ? ended(process, abort) : Promise.resolve(),
  );
};
