import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { MachineError } from '../../errors.ts';
import { hostPlaces, type OperationHost } from '../../operation.ts';
import type { ProcessFacts } from '../../host/process.ts';
import { readChildren, readProcess } from '../../host/process.ts';
import { askBus } from '../../host/hostCommands.ts';
import { machineProperties } from '../commands/showCommands.ts';
import type { UnitState } from '../../host/unitCommands.ts';
import { unitState } from '../../host/unitCommands.ts';
import { machineUnit, unitOfMachine } from '../commands/lifecycleCommands.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

type Places = Pick<OperationHost, 'places'>;

/** Whether machined has a machine of that name registered now: only that its state file is there counts. */
export const isRegistered = ({ places = hostPlaces }: Places, name: string): Promise<boolean> =>
  exists(join(places.registered, name));

/** Whether the bus answers; beyond about 253 machines it refuses root. */
export const busAnswers = ({ run }: Pick<OperationHost, 'run'>): Promise<boolean> =>
  run(askBus).then(
    () => true,
    () => false,
  );

/** Whether the tool has ended by itself and said no: the only end that answers a question. */
export const saidNo = (error: unknown): boolean =>
  error instanceof MachineError && error.failure.kind === 'toolFailed' && error.failure.exitCode !== undefined;

export interface RunningMachine {
  readonly unit: string;
  readonly leader: number | undefined;
  readonly rootDirectory: string | undefined;
}

/**
 * The unit and the leader of a machine that runs now.
 * @throws MachineError noSuchMachine
 */
export const findRunning = async (host: OperationHost, name: string): Promise<RunningMachine> => {
  if (!(await isRegistered(host, name))) throw new MachineError({ kind: 'noSuchMachine', name });
  const known = host.inventory.machines.get(name);
  if (known?.unit !== undefined) {
    return {
      unit: unitOfMachine(name, known.unit),
      leader: known.leader,
      rootDirectory: known.rootDirectory,
    };
  }
  try {
    const properties = await host.run(machineProperties(name));
    const leader = Number(properties.get('Leader') ?? 0);
    return {
      unit: unitOfMachine(name, properties.get('Unit') ?? machineUnit(name)),
      leader: leader > 0 ? leader : undefined,
      rootDirectory: properties.get('RootDirectory'),
    };
  } catch (error) {
    if (!saidNo(error)) throw error;
    if (await busAnswers(host)) throw new MachineError({ kind: 'noSuchMachine', name }, { cause: error });
    return { unit: machineUnit(name), leader: undefined, rootDirectory: undefined };
  }
};

/** PID of the machine's init as machined knows it now; undefined where it has none, or none of that name. */
export const askLeader = async (
  host: Pick<OperationHost, 'run'>,
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> => {
  try {
    const leader = Number((await host.run(machineProperties(name), { signal })).get('Leader') ?? 0);
    return leader > 0 ? leader : undefined;
  } catch (error) {
    if (!saidNo(error)) throw error;
    return undefined;
  }
};

/**
 * PID 1 of the machine that systemd-nspawn (`mainPid`) runs: its child that is PID 1 of a namespace of its own.
 * `undefined` when there is none yet, `hidden` when this user may not see processes.
 */
export const findInit = async (
  { places = hostPlaces }: Places,
  mainPid: number,
): Promise<{ readonly pid: number; readonly facts: ProcessFacts } | 'hidden' | undefined> => {
  const children = await readChildren(mainPid, places.proc);
  if (children === undefined) return (await exists(join(places.proc, String(mainPid)))) ? undefined : 'hidden';
  for (const pid of children) {
    const facts = await readProcess(pid, places.proc);
    if (facts !== undefined && facts.pids.length > 1 && facts.pids.at(-1) === 1) return { pid, facts };
  }
  return undefined;
};

/** Until it has executed the machine's init, PID 1 is a copy of systemd-nspawn, with all of its capabilities. */
export const isStub = (facts: ProcessFacts): boolean => facts.comm === 'systemd-nspawn';

export const askUnit = (host: OperationHost, unit: string, signal: AbortSignal): Promise<UnitState> =>
  host.run(unitState(unit), { signal });

/** Whether a unit is over: nothing of it runs and nothing is about to. */
export const isOver = (state: UnitState): boolean =>
  (state.active === 'inactive' || state.active === 'failed') && state.job === undefined;

/** In which state a unit was left. Never rejects. */
export const whatIsLeft = (host: OperationHost, unit: string): Promise<string | undefined> =>
  host.run(unitState(unit)).then(
    (state) => state.active,
    () => undefined,
  );
