import type { MachineFailure } from '../../errors.ts';
import { MachineError } from '../../errors.ts';
import type { KillRequest } from '../../killSignals.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { kill, powerOff, terminate } from '../commands/lifecycleCommands.ts';
import { killUnit, stopUnit } from '../../host/unitCommands.ts';
import { askInit } from './machineInit.ts';
import { askUnit, findRunning, isOver, isRegistered, whatIsLeft } from './machineLife.ts';
import { waitUntil } from '../../waitUntil.ts';

/** Nobody can tell a slow shutdown from a request that is ignored; this is how long systemd itself waits for a unit. */
const patienceMs = 90_000;
const killLimitMs = 20_000;
/** systemd ends what does not stop after 90 seconds (two minutes from 258 on) by SIGKILL; this is for a stop that hangs even then. */
const stopLimitMs = 300_000;

const manageMachines = ['org.freedesktop.machine1.manage-machines'];

export const explainMissing = async (host: OperationHost, name: string): Promise<MachineFailure | undefined> =>
  (await isRegistered(host, name)) ? undefined : { kind: 'noSuchMachine', name };

const settleStop = async (
  host: OperationHost,
  name: string,
  unit: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const isGone = async (): Promise<boolean> =>
    !(await isRegistered(host, name)) && isOver(await askUnit(host, unit, signal));
  const waiting = { signal, limitMs, onDidChange: host.inventory.onDidChange };
  if (!(await waitUntil(isGone, waiting))) throw new MachineError({ kind: 'didNotStop', name, waitedMs: limitMs });
};

const stopping = (
  host: OperationHost,
  name: string,
  unit: string,
  limitMs: number,
  commands: Pick<Operation, 'command' | 'withoutBus' | 'first'>,
): Operation => ({
  name,
  ...commands,
  polkitActions: manageMachines,
  explain: () => explainMissing(host, name),
  settle: (signal) => settleStop(host, name, unit, limitMs, signal),
  abandon: () => whatIsLeft(host, unit),
});

/**
 * Asks the machine to shut down, in the way that its init knows. One that knows none ignores that with exit code 0: then it ends in
 * didNotStop after `limitMs`.
 * @throws MachineError noSuchMachine
 */
export const powerOffMachine = async (
  host: OperationHost,
  name: string,
  limitMs: number = patienceMs,
): Promise<Operation> => {
  const running = await findRunning(host, name);
  const { unit } = running;
  const command = await askInit(host, name, running, 'powerOff');
  // systemd-nspawn takes SIGTERM as the request to shut the machine down.
  return stopping(
    host,
    name,
    unit,
    limitMs,
    command === undefined ? { command: powerOff(name), withoutBus: killUnit(unit, 'SIGTERM', 'main') } : { command },
  );
};

/**
 * Stops the unit of the machine. Waits as long as systemd does. systemd-nspawn asks by a signal that only systemd knows, unless
 * the `.nspawn` file says another, so an init that knows another way is asked in that, too.
 * @throws MachineError noSuchMachine
 */
export const terminateMachine = async (host: OperationHost, name: string): Promise<Operation> => {
  const running = await findRunning(host, name);
  const { unit } = running;
  const first = await askInit(host, name, running, 'powerOff');
  return stopping(host, name, unit, stopLimitMs, {
    command: terminate(name),
    withoutBus: stopUnit(unit),
    ...(first === undefined ? {} : { first }),
  });
};

/**
 * Sends a signal. Only SIGKILL has an end that can be waited for; what a machine makes of any other is its own matter.
 * @throws MachineError noSuchMachine
 */
export const killMachine = async (
  host: OperationHost,
  name: string,
  { signal, whom, systemd }: KillRequest & { readonly systemd: number },
): Promise<Operation> => {
  const { unit } = await findRunning(host, name);
  // systemctl knows no leader, and to systemd-nspawn itself a signal means something else: then there is no other way.
  const operation = stopping(host, name, unit, killLimitMs, {
    command: kill(name, signal, whom, systemd),
    withoutBus: killUnit(unit, signal, 'all'),
  });
  const { withoutBus, ...overBus } = operation;
  return {
    ...overBus,
    ...(whom === 'all' && withoutBus !== undefined ? { withoutBus } : {}),
    ...(signal === 'SIGKILL' ? {} : { settle: () => Promise.resolve() }),
  };
};
