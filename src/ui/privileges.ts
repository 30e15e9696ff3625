import { loggedCall } from '../machines/command.ts';
import type { TerminalPlan } from '../machines/entry.ts';
import { MachineError } from '../machines/errors.ts';
import type { Operation } from '../machines/operation.ts';
import { orAbandon, performOperation } from '../machines/performOperation.ts';
import { findForbidden } from '../machines/host/polkit.ts';
import { type Reach, sudoNeedsNoPassword } from '../machines/host/reach.ts';
import { pickPrivilegeWay } from './pickPrivilegeWay.ts';
import { type PrivilegeWay, reachOf } from './privilegeWays.ts';
import { callInTerminal, commandInBackground, failedInTerminal } from './toolsFromSettings.ts';
import type { Log, Services } from './services.ts';
import { readSettings } from './settings.ts';
import type { Terminals } from './terminal.ts';

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * How something that runs in a terminal gets the privileges that it needs: as the setting says where it names a way;
 * directly where this user may, or where the setting leaves the asking to the tool; else the user is asked.
 * @param polkitActions empty for what needs root outright
 * @throws MachineError cancelled, notAuthorized where the host has no way
 */
export const reachForTerminal = async (
  services: Pick<Services, 'run'>,
  title: string,
  polkitActions: readonly string[],
): Promise<Reach> => {
  if (isRoot()) return 'direct';
  const { privilege } = readSettings();
  if (privilege === 'sudo' || privilege === 'pkexec' || privilege === 'run0') return privilege;
  if (polkitActions.length > 0) {
    if (privilege !== 'auto') return 'direct';
    if ((await findForbidden(services.run, polkitActions)) === undefined) return 'direct';
  }
  return reachOf(await pickPrivilegeWay(title, polkitActions));
};

/** The same for a terminal of a machine. @throws MachineError cancelled, notAuthorized where the host has no way */
export const reachForPlan = async (
  services: Pick<Services, 'run'>,
  title: string,
  { asThisUser, polkitActions }: TerminalPlan,
): Promise<Reach> => (asThisUser === true ? 'direct' : reachForTerminal(services, title, polkitActions));

export interface Privileges {
  /**
   * Does an operation with the privileges that it needs, until the state has really changed.
   * @throws MachineError
   */
  perform(operation: Operation, signal: AbortSignal): Promise<void>;
}

interface PrivilegesOptions {
  readonly services: Pick<Services, 'run'> & { readonly log: Log; readonly terminals: Pick<Terminals, 'run'> };
  /** What is being done, for the question and the terminal. */
  readonly title: string;
  /** Ask for a way at once: the direct one has been tried. */
  readonly ask: boolean;
}

/** For one command on one or several things: the question is asked once, and terminals follow one another. */
export const createPrivileges = ({ services, title, ask }: PrivilegesOptions): Privileges => {
  const state: { way: Promise<PrivilegeWay> | undefined; last: Promise<unknown> } = {
    way: undefined,
    last: Promise.resolve(),
  };

  const pick = (operation: Operation): Promise<PrivilegeWay> =>
    (state.way ??= pickPrivilegeWay(title, operation.polkitActions));

  const throughTerminal = async (operation: Operation, way: PrivilegeWay, signal: AbortSignal): Promise<void> => {
    const stays = operation.stays === true ? { stays: true } : {};
    const request = { name: title, icon: 'shield', ...stays, ...callInTerminal(reachOf(way), operation.command) };
    const exitCode = await services.terminals.run(request, signal);
    services.log.info(`${loggedCall(request, operation.command.hidden)} in a terminal: exit code ${exitCode}`);
    if (exitCode === 0) return operation.settle(signal);
    const why = operation.failureOf?.(exitCode) ?? (await operation.explain(signal));
    // That this user may not is known, and says nothing about the one that has been tried.
    if (why !== undefined && why.kind !== 'notAuthorized') throw new MachineError(why);
    const [polkitAction] = operation.polkitActions;
    // Nobody asked for a password, or it was a wrong one: the other ways are still open.
    if (way === 'terminal' && polkitAction !== undefined)
      throw new MachineError({ kind: 'notAuthorized', polkitAction });
    throw failedInTerminal(request, exitCode);
  };

  const through = async (operation: Operation, way: PrivilegeWay, signal: AbortSignal): Promise<void> => {
    if (way !== 'sudo' || !(await sudoNeedsNoPassword(services.run))) {
      return orAbandon(operation, () => throughTerminal(operation, way, signal));
    }
    const command = commandInBackground('sudo', operation.command);
    const first = operation.first === undefined ? {} : { first: commandInBackground('sudo', operation.first) };
    // Root is asked by nobody: what this user may do says nothing about why it failed.
    await performOperation(services.run, { ...operation, ...first, command, polkitActions: [] }, signal);
  };

  const oneAfterAnother = async (work: () => Promise<void>): Promise<void> => {
    const mine = state.last.then(work);
    state.last = mine.catch(() => undefined);
    return mine;
  };

  const picked = async (operation: Operation, signal: AbortSignal): Promise<void> => {
    const way = await pick(operation);
    return oneAfterAnother(() => through(operation, way, signal));
  };

  return {
    perform: async (operation, signal) => {
      if ((await operation.directly?.()) === true) return operation.settle(signal);
      if (isRoot() || operation.asThisUser === true) return performOperation(services.run, operation, signal);
      if (ask) return picked(operation, signal);
      const { privilege } = readSettings();
      if (privilege !== 'auto' && privilege !== 'direct')
        return oneAfterAnother(() => through(operation, privilege, signal));
      try {
        await performOperation(services.run, operation, signal);
      } catch (error) {
        if (privilege === 'direct' || !(error instanceof MachineError) || error.failure.kind !== 'notAuthorized')
          throw error;
        await picked(operation, signal);
      }
    },
  };
};
