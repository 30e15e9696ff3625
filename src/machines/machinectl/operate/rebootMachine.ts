import { MachineError } from '../../errors.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { reboot } from '../commands/lifecycleCommands.ts';
import { askUnit, findInit, findRunning, isOver, whatIsLeft } from './machineLife.ts';
import { settleStart } from './startMachine.ts';
import { explainMissing } from './stopMachine.ts';
import { waitUntil } from './waitUntil.ts';

const patienceMs = 30_000;

/** The process that is the machine's PID 1 now, told from every later one: by start time, because PIDs come again. */
const identifyInit = async (host: OperationHost, unit: string, signal: AbortSignal): Promise<string | undefined> => {
  const { mainPid } = await askUnit(host, unit, signal);
  const init = mainPid === undefined ? undefined : await findInit(mainPid);
  return init === undefined || init === 'hidden' ? undefined : `${init.pid} ${init.facts.startTime}`;
};

const settleReboot = async (
  host: OperationHost,
  name: string,
  unit: string,
  before: string | undefined,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const oldIsGone = async (): Promise<boolean> =>
    isOver(await askUnit(host, unit, signal)) || (await identifyInit(host, unit, signal)) !== before;
  const waiting = { signal, limitMs, onDidChange: host.inventory.onDidChange };
  if (before !== undefined && !(await waitUntil(oldIsGone, waiting))) {
    throw new MachineError({ kind: 'didNotStop', name, waitedMs: limitMs });
  }
  await settleStart(host, name, unit, signal);
};

/**
 * Asks the machine to start anew; done when another init runs in it. One that ignores the request ends in didNotStop.
 * @throws MachineError noSuchMachine
 */
export const rebootMachine = async (
  host: OperationHost,
  name: string,
  limitMs: number = patienceMs,
): Promise<Operation> => {
  const { unit } = await findRunning(host, name);
  const before = await identifyInit(host, unit, AbortSignal.timeout(10_000)).catch(() => undefined);
  return {
    name,
    command: reboot(name),
    polkitActions: ['org.freedesktop.machine1.manage-machines'],
    explain: () => explainMissing(name),
    settle: (signal) => settleReboot(host, name, unit, before, limitMs, signal),
    abandon: () => whatIsLeft(host, unit),
  };
};
