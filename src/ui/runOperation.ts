import type { Run } from '../machines/command.ts';
import { MachineError } from '../machines/errors.ts';
import type { Operation } from '../machines/operation.ts';

/** Runs the tool as this user and waits until the state has really changed. @throws MachineError */
export const runOperation = async (run: Run, operation: Operation, signal: AbortSignal): Promise<void> => {
  try {
    await run(operation.command, { signal });
  } catch (error) {
    if (!(error instanceof MachineError) || error.failure.kind !== 'toolFailed') throw error;
    const why = await operation.explain(signal);
    throw why === undefined ? error : new MachineError(why, { cause: error });
  }
  await operation.settle(signal);
};
