import { join } from 'node:path';
import type { Act, Backend, DeviceAsker, Operations } from '../backend.ts';
import type { Command, TerminalCommand } from '../command.ts';
import type { Creating, CreationPlan } from '../creation.ts';
import type { ShellPlan, ShellRequest, TerminalPlan } from '../entry.ts';
import { MachineError } from '../errors.ts';
import { boundedReads } from '../host/boundedReads.ts';
import { plainFiles } from '../host/files.ts';
import { type MachineUser, parsePasswd } from '../host/passwd.ts';
import { readInside } from '../host/readInside.ts';
import type { Operation } from '../operation.ts';
import { containerInfo } from './commands/lxcTool.ts';
import { attach, attachCommand, execute, openConsole, withIdsOf } from './commands/terminalCommands.ts';
import {
  copyContainer,
  destroyContainer,
  removeSnapshot,
  renameContainer,
  restoreContainer,
  snapshotContainer,
} from './operate/containerFiles.ts';
import {
  freezeContainer,
  killContainer,
  rebootContainer,
  startContainer,
  startCopy,
  stopContainer,
  unfreezeContainer,
} from './operate/containerLife.ts';
import {
  byItsUser,
  filesFor,
  firstOf,
  hostOfItsUser,
  inOwnGroup,
  type LxcHost,
  missing,
  ofThisUser,
  placesOf,
  requireRunning,
  running,
} from './operate/containerOperation.ts';
import { createContainer } from './create/createContainer.ts';
import { listSnapshots, listSnapshotsByTool } from './observe/snapshots.ts';
import { signalContainer } from './operate/signalContainer.ts';
import {
  readStartSettings,
  readStartSettingsByTool,
  setBootPlace,
  setContainerAutostart,
  setLogLevel,
} from './operate/startSettings.ts';
import { changeDevice, keepParameter, setParameter } from './operate/whileRunning.ts';
import { configFileOf, type ContainerRef, containerOf, filesOf, idOf, lxcPlaces } from './places.ts';
import { readConfig } from './readConfig.ts';

export { backUpContainer, bringBackContainer, lookIntoArchive, requirePackable } from './archive/archiveContainer.ts';
export { possibleStores } from './create/stores.ts';
export { installedTemplates } from './create/templates.ts';
export { askLxc } from './judge/askLxc.ts';
export { ownFilesOf } from './observe/ownFiles.ts';
export { listAtBoot } from './operate/atBoot.ts';
export { logFileOf } from './operate/startLog.ts';
export { isInState } from './operate/whileRunning.ts';
export { checkUnprivileged } from './unprivileged/checks.ts';
export { mapAccounts } from './unprivileged/mapAccounts.ts';
export { readUnprivilegedFacts } from './unprivileged/readFacts.ts';

/** Its users, from its own passwd; undefined where that cannot be read. */
export const usersOf = async (host: LxcHost, ref: ContainerRef): Promise<readonly MachineUser[] | undefined> => {
  const files = filesFor(host, ref);
  const readIn = (root: string): Promise<string> =>
    files === plainFiles ? boundedReads(() => readInside(root, 'etc/passwd')) : files.read(join(root, 'etc/passwd'));
  try {
    const { rootfs } = await readConfig(configFileOf(ref), files);
    return rootfs === undefined ? undefined : parsePasswd(await readIn(rootfs));
  } catch {
    return undefined;
  }
};

/** Whatever enters a frozen container is frozen, too. @throws MachineError noSuchMachine, cannotEnter */
const requireUnfrozen = (host: LxcHost, ref: ContainerRef): void => {
  if (requireRunning(host, ref).frozen)
    throw new MachineError({ kind: 'cannotEnter', name: idOf(ref), reason: 'frozen' });
};

/** What enters a container or opens it, by whoever it belongs to. */
const opening = (host: LxcHost, ref: ContainerRef, call: TerminalCommand, inGroup = true): TerminalPlan => {
  const own = inGroup ? inOwnGroup(hostOfItsUser(host, ref) ?? host, ref, call) : call;
  return { command: byItsUser(placesOf(host), ref, own), polkitActions: [], ...ofThisUser(ref) };
};

/** @throws MachineError noSuchMachine, cannotEnter, noSuchUser */
export const planAttach = async (host: LxcHost, ref: ContainerRef, request: ShellRequest): Promise<ShellPlan> => {
  requireUnfrozen(host, ref);
  const { user, commandLine } = request;
  // lxc-attach looks up root's shell itself.
  const wanted = user === undefined || user === 'root' ? undefined : user;
  const account = wanted === undefined ? undefined : (await usersOf(host, ref))?.find(({ name }) => name === wanted);
  if (wanted !== undefined && account === undefined)
    throw new MachineError({ kind: 'noSuchUser', name: idOf(ref), user: wanted });
  const isClosed = account?.canLogIn === false;
  const entering = isClosed ? { ...account, shell: '/bin/sh' } : account;
  const command = commandLine === undefined ? attach(ref, entering) : attachCommand(ref, commandLine, entering);
  return {
    ...opening(host, ref, command),
    way: 'ownTool',
    doubts: [],
    refused: isClosed ? account.shell : undefined,
  };
};

/** The console, which asks who logs in. @throws MachineError noSuchMachine, cannotEnter */
export const planLogin = (host: LxcHost, ref: ContainerRef): TerminalPlan => {
  requireUnfrozen(host, ref);
  return opening(host, ref, openConsole(ref), false);
};

/** @throws MachineError noSuchImage, machineRunning, invalidName */
export const planExecute = (host: LxcHost, ref: ContainerRef, line: string): TerminalPlan => {
  const failure = firstOf([missing(ref), running(host, ref)]);
  if (failure !== undefined) throw new MachineError(failure);
  return opening(host, ref, execute(ref, line));
};

/** A command of the host as the root that the files of a container belong to; undefined where that is the host's. */
export const planInTree = async (
  host: LxcHost,
  ref: ContainerRef,
  command: TerminalCommand,
): Promise<TerminalPlan | undefined> => {
  const config = await readConfig(configFileOf(ref), filesFor(host, ref)).catch(() => undefined);
  if (config === undefined || config.idMap.length === 0) return undefined;
  return opening(host, ref, withIdsOf(config.idMap, command), false);
};

/** An operation on a container of another user as that user; what has failed then is the tool, and not what has made it the user's. */
const ofItsUser = (host: LxcHost, ref: ContainerRef, operation: Operation): Operation => {
  const { command, first } = operation;
  const asUser = <Call extends Command<void>>(call: Call): Call => byItsUser(placesOf(host), ref, call);
  const made = asUser(command);
  if (made === command) return operation;
  return {
    ...operation,
    command: made,
    ...(first === undefined ? {} : { first: asUser(first) }),
    explain: async (signal, failed) => {
      if (failed?.file !== made.file) return operation.explain(signal, failed);
      const tool = { ...failed, file: command.file, args: command.args };
      return (await operation.explain(signal, tool)) ?? tool;
    },
  };
};

/** @throws MachineError invalidName, nameTaken */
export const create = (
  host: LxcHost,
  ref: ContainerRef,
  plan: CreationPlan,
  follow: (line: string) => void,
): Creating => {
  const creating = createContainer(hostOfItsUser(host, ref) ?? host, ref, plan, follow);
  return { ...creating, operation: ofItsUser(host, ref, creating.operation) };
};

/** What is done to the containers of another user is done as that user. */
const byUser =
  <Arguments extends readonly unknown[]>(
    act: (host: LxcHost, ref: ContainerRef, ...args: Arguments) => Operation | Promise<Operation>,
  ): Act<Arguments> =>
  async (host, ref, ...args) => {
    const container = containerOf(ref);
    return ofItsUser(host, container, await act(hostOfItsUser(host, container) ?? host, container, ...args));
  };

const terminate = byUser(killContainer);

export const operations = {
  start: byUser(startContainer),
  powerOff: byUser((host, ref) => stopContainer(host, ref)),
  reboot: byUser((host, ref) => rebootContainer(host, ref)),
  terminate,
  // To signal a process is a matter of the kernel's alone, but for SIGKILL.
  kill: (host, ref, request) =>
    request.signal === 'SIGKILL' ? terminate(host, ref) : signalContainer(host, containerOf(ref), request),
  freeze: byUser(freezeContainer),
  unfreeze: byUser(unfreezeContainer),
  enable: byUser((host, ref) => setContainerAutostart(host, ref, true)),
  disable: byUser((host, ref) => setContainerAutostart(host, ref, false)),
  setBootPlace: byUser(setBootPlace),
  setLogLevel: byUser(setLogLevel),
  setParameter: byUser(setParameter),
  keepParameter: byUser(keepParameter),
  addDevice: byUser((host, ref, device: string, asker: DeviceAsker) => changeDevice(host, ref, device, 'add', asker)),
  removeDevice: byUser((host, ref, device: string, asker: DeviceAsker) =>
    changeDevice(host, ref, device, 'remove', asker),
  ),
  clone: byUser((host, ref, to: string) => copyContainer(host, ref, to)),
  rename: byUser(renameContainer),
  remove: byUser(destroyContainer),
  startCopy: byUser(startCopy),
  takeSnapshot: byUser(snapshotContainer),
  restoreSnapshot: byUser(restoreContainer),
  removeSnapshot: byUser(removeSnapshot),
} satisfies Operations;

export const snapshots: NonNullable<Backend['snapshots']> = {
  list: (ref) => listSnapshots(containerOf(ref), filesOf(lxcPlaces, ref.scope)),
  listByTool: (ref) => Promise.resolve(byItsUser(lxcPlaces, containerOf(ref), listSnapshotsByTool(containerOf(ref)))),
};

export const startSettings: NonNullable<Backend['startSettings']> = {
  read: (ref) => readStartSettings(containerOf(ref), filesOf(lxcPlaces, ref.scope)),
  readByTool: (ref) =>
    Promise.resolve(byItsUser(lxcPlaces, containerOf(ref), readStartSettingsByTool(containerOf(ref)))),
};

export const infoOf = (ref: ContainerRef): Command<string> => byItsUser(lxcPlaces, ref, containerInfo(ref));

/** Undefined where its paths may be followed as they are. */
export const commandOfItsUser = <Result>(ref: ContainerRef, command: Command<Result>): Command<Result> | undefined => {
  const own = byItsUser(lxcPlaces, ref, command);
  return own === command ? undefined : own;
};
