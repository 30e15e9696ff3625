import type { Command, Run } from './command.ts';
import { isGivenUp, MachineError } from './errors.ts';
import { askBus } from './host/hostCommands.ts';
import type { Operation } from './operation.ts';
import { findForbidden } from './host/polkit.ts';

const isRoot = (): boolean => process.getuid?.() === 0;

/** Milliseconds for an action that polkit may allow after a person has read a dialog of the desktop's and typed a password. */
const personTimeoutMs = 300_000;

/** The runner's limit is for tools that answer by themselves; root is asked nothing. */
const withTimeForPerson = (operation: Operation, command: Command<void>): Command<void> =>
  isRoot() || operation.polkitActions.length === 0
    ? command
    : { ...command, timeoutMs: Math.max(command.timeoutMs ?? 0, personTimeoutMs) };

/**
 * What a tool that has failed was really about: a missing permission, something the operation can find out, a bus that
 * refuses. Decided by asking, because what tools print differs from version to version.
 */
const explainFailure = async (
  run: Run,
  operation: Operation,
  error: MachineError,
  signal: AbortSignal,
): Promise<Error> => {
  const forbidden = await findForbidden(run, operation.polkitActions);
  if (forbidden !== undefined) {
    return new MachineError({ kind: 'notAuthorized', polkitAction: forbidden }, { cause: error });
  }
  const failed = error.failure.kind === 'toolFailed' ? error.failure : undefined;
  const failure = await operation.explain(signal, failed);
  return failure === undefined ? error : new MachineError(failure, { cause: error });
};

const refusedByBus = async (run: Run): Promise<boolean> =>
  run(askBus).then(
    () => false,
    (error: unknown) => error instanceof MachineError && error.failure.kind === 'toolFailed',
  );

const isToolFailure = (error: unknown): error is MachineError =>
  error instanceof MachineError && error.failure.kind === 'toolFailed';

/** The tool; where the bus refuses root, the way without it. */
const runTool = async (run: Run, operation: Operation, signal: AbortSignal): Promise<void> => {
  const tool = (command: Command<void>): Promise<void> => run(withTimeForPerson(operation, command), { signal });
  if (operation.first !== undefined) {
    await tool(operation.first).catch((error: unknown) => {
      if (!isToolFailure(error)) throw error;
    });
  }
  try {
    await tool(operation.command);
  } catch (error) {
    if (!(error instanceof MachineError) || error.failure.kind !== 'toolFailed') throw error;
    // What is asked of a tool that knows no bus has not failed because of it.
    const goesOverBus = operation.polkitActions.length > 0 || operation.withoutBus !== undefined;
    if (!goesOverBus || !isRoot() || !(await refusedByBus(run))) throw error;
    if (operation.withoutBus === undefined) {
      throw new MachineError({ kind: 'busUnavailable', detail: error.failure.stderr }, { cause: error });
    }
    await tool(operation.withoutBus);
  }
};

const runToolAgain = async (run: Run, operation: Operation, signal: AbortSignal): Promise<void> => {
  try {
    await runTool(run, operation, signal);
  } catch (error) {
    if (!isToolFailure(error) || (await operation.again?.()) !== true) throw error;
    await runTool(run, operation, signal);
  }
};

const attempt = async (run: Run, operation: Operation, signal: AbortSignal): Promise<void> => {
  const ran: { tool: string | undefined } = { tool: undefined };
  try {
    if ((await operation.directly?.()) !== true) {
      await runToolAgain(run, operation, signal);
      ran.tool = operation.command.file;
    }
  } catch (error) {
    if (!isToolFailure(error)) throw error;
    throw await explainFailure(run, operation, error, signal);
  }
  await operation.settle(signal, ran.tool);
};

/** Does work of an operation. Where it is called off, or takes too long, what has begun is taken back or said. */
export const orAbandon = async (operation: Operation, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!isGivenUp(error)) throw error;
    const left = await operation.abandon?.();
    if (left === undefined) throw error;
    throw new MachineError(typeof left === 'string' ? { ...error.failure, left } : left, { cause: error });
  }
};

/**
 * Does it as this user, directly or by the tool, and waits until the state has really changed.
 * @throws MachineError, and nothing else
 */
export const performOperation = async (run: Run, operation: Operation, signal: AbortSignal): Promise<void> => {
  // Nothing has begun that could be taken back.
  if (signal.aborted) throw new MachineError({ kind: 'cancelled' });
  await orAbandon(operation, () => attempt(run, operation, signal));
};
