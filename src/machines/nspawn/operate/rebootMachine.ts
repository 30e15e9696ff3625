import { MachineError } from '../../errors.ts';
import { hostPlaces, type Operation, type OperationHost } from '../../operation.ts';
import { reboot } from '../commands/lifecycleCommands.ts';
import { readProcess } from '../../host/process.ts';
import { askLeader, askUnit, findInit, findRunning, isOver, isRegistered, isStub, whatIsLeft } from './machineLife.ts';
import { askInit } from './machineInit.ts';
import { settleStart } from './startMachine.ts';
import { explainMissing } from './stopMachine.ts';
import { waitUntil } from '../../waitUntil.ts';

const patienceMs = 30_000;

const isScope = (unit: string): boolean => unit.endsWith('.scope');

/**
 * The process that is the machine's PID 1 now, told from every later one: by start time, because PIDs come again. A machine
 * that was booted in a terminal runs in a scope, which has no main process: there machined knows its leader.
 */
const identifyInit = async (
  host: OperationHost,
  name: string,
  unit: string,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const { mainPid } = await askUnit(host, unit, signal);
  if (mainPid !== undefined) {
    const init = await findInit(host, mainPid);
    return init === undefined || init === 'hidden' ? undefined : `${init.pid} ${init.facts.startTime}`;
  }
  const leader = isScope(unit) ? await askLeader(host, name, signal) : undefined;
  const facts = leader === undefined ? undefined : await readProcess(leader, (host.places ?? hostPlaces).proc);
  return facts === undefined || isStub(facts) ? undefined : `${leader} ${facts.startTime}`;
};

/** The scope of a machine that was booted in a terminal ends with its init, and the next init gets a new one of that name. */
const settleInScope = async (
  host: OperationHost,
  name: string,
  unit: string,
  before: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const runsAnew = async (): Promise<boolean> => {
    const now = await identifyInit(host, name, unit, signal);
    return now !== undefined && now !== before;
  };
  if (await waitUntil(runsAnew, { signal, limitMs, onDidChange: host.inventory.onDidChange })) return;
  const { result } = await askUnit(host, unit, signal);
  throw new MachineError(
    (await isRegistered(host, name))
      ? { kind: 'didNotStop', name, waitedMs: limitMs }
      : { kind: 'didNotStart', name, unit, result, journal: [] },
  );
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
    isOver(await askUnit(host, unit, signal)) || (await identifyInit(host, name, unit, signal)) !== before;
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
  const running = await findRunning(host, name);
  const { unit } = running;
  const before = await identifyInit(host, name, unit, AbortSignal.timeout(10_000)).catch(() => undefined);
  return {
    name,
    command: (await askInit(host, name, running, 'reboot')) ?? reboot(name),
    polkitActions: ['org.freedesktop.machine1.manage-machines'],
    explain: () => explainMissing(host, name),
    settle: (signal) =>
      isScope(unit) && before !== undefined
        ? settleInScope(host, name, unit, before, limitMs, signal)
        : settleReboot(host, name, unit, before, limitMs, signal),
    abandon: () => whatIsLeft(host, unit),
  };
};
