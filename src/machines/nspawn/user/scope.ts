import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command, Run, TerminalCommand } from '../../command.ts';
import { MachineError, type MachineFailure } from '../../errors.ts';
import { hostPlaces, type Operation, type OperationHost } from '../../operation.ts';
import { readRef, writeRef } from '../../reference.ts';
import { systemdPaths } from '../../host/systemdPaths.ts';
import { type MachinedPaths, machinedPaths } from '../machinedPaths.ts';

export const userScope = 'user';

/** Its reference, which failures speak of it by: a machine of the system may have its name. */
export const idOf = (name: string): string => writeRef({ backend: 'nspawn', scope: userScope, name });

/** Where the systemd of a user keeps sockets and what runs. */
const runtimeDirectory = (): string => `/run/user/${process.geteuid?.() ?? 0}`;

/**
 * Where the machined of a user keeps what the system's keeps elsewhere, from systemd 259 on: its socket is there then, and never before.
 * It is asked at that socket and on the bus of the user.
 */
export const userPaths = (runtime = runtimeDirectory(), home = homedir()): MachinedPaths => ({
  booted: systemdPaths.booted,
  busSocket: join(runtime, 'bus'),
  runningUnits: join(runtime, 'systemd/units'),
  stateFiles: join(runtime, 'systemd/machines'),
  machineVarlink: join(runtime, 'systemd/machine/io.systemd.Machine'),
  imageVarlink: join(runtime, 'systemd/machine/io.systemd.MachineImage'),
  machined: machinedPaths.machined,
  enabledMachines: join(home, '.config/systemd/user/machines.target.wants'),
  images: [join(home, '.local/state/machines')],
});

const toolsWithScopes: ReadonlySet<string> = new Set(['machinectl', 'systemctl', 'journalctl', 'busctl']);

/** The same command for what is this user's own. */
export const asUser = <Result>(command: Command<Result>, runtime = runtimeDirectory()): Command<Result> => {
  if (!toolsWithScopes.has(command.file)) return command;
  const args = ['--user', ...command.args];
  if (process.env['XDG_RUNTIME_DIR'] === runtime) return { ...command, args };
  // Without it these tools find no systemd of the user, and not every server of VS Code has it.
  return { ...command, file: 'env', args: [`XDG_RUNTIME_DIR=${runtime}`, command.file, ...args] };
};

export const terminalAsUser = (command: TerminalCommand): TerminalCommand => ({
  ...command,
  args: ['--user', ...command.args],
  env: { ...command.env, XDG_RUNTIME_DIR: runtimeDirectory() },
});

/** The host as the acts on machines of the system know it, whose machines and tools are this user's: there a machine is known by its name. */
export const hostOfUser = (host: OperationHost): OperationHost => {
  const run: Run = (command, options) => host.run(asUser(command), options);
  const ofUser = <Value>(all: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map(
      [...all].flatMap(([id, value]) => {
        const { backend, scope, name } = readRef(id);
        return backend === 'nspawn' && scope === userScope ? [[name, value] as const] : [];
      }),
    );
  const { inventory } = host;
  return {
    run,
    places: host.places ?? { ...hostPlaces, registered: userPaths().stateFiles },
    inventory: {
      get machines() {
        return ofUser(inventory.machines);
      },
      get images() {
        return ofUser(inventory.images);
      },
      onDidChange: (listener) => inventory.onDidChange(listener),
      refresh: () => inventory.refresh(),
    },
  };
};

const ofUser = (failure: MachineFailure): MachineFailure =>
  'name' in failure ? { ...failure, name: idOf(failure.name) } : failure;

/** A failure that speaks of a machine of this user's. */
export const speaksOfUser = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    throw new MachineError(ofUser(error.failure), { cause: error });
  }
};

/** What the tools of the system would do, done by those of this user, which takes no privileges and must not be done with any. */
export const operationOfUser = ({ name, command, first, again, explain, abandon, settle }: Operation): Operation => ({
  name: idOf(name),
  command: asUser(command),
  ...(first === undefined ? {} : { first: asUser(first) }),
  polkitActions: [],
  asThisUser: true,
  ...(again === undefined ? {} : { again }),
  explain: async (signal, failed) => {
    const failure = await speaksOfUser(() => explain(signal, failed));
    return failure === undefined ? undefined : ofUser(failure);
  },
  ...(abandon === undefined
    ? {}
    : {
        abandon: async () => {
          const left = await abandon();
          return left === undefined || typeof left === 'string' ? left : ofUser(left);
        },
      }),
  settle: (signal, ran) => speaksOfUser(() => settle(signal, ran)),
});
