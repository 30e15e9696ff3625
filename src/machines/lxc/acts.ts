import type { Operations } from '../backend.ts';
import type { ShellPlan, ShellRequest, TerminalPlan } from '../entry.ts';
import { MachineError } from '../errors.ts';
import { boundedReads } from '../host/boundedReads.ts';
import { type MachineUser, parsePasswd } from '../host/passwd.ts';
import { readInside } from '../host/readInside.ts';
import { attach, attachCommand, execute, openConsole } from './commands/terminalCommands.ts';
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
  firstOf,
  inOwnGroup,
  type LxcHost,
  missing,
  ofThisUser,
  requireRunning,
  running,
} from './operate/containerOperation.ts';
import { signalContainer } from './operate/signalContainer.ts';
import { setBootPlace, setContainerAutostart, setLogLevel } from './operate/startSettings.ts';
import { changeDevice, keepParameter, setParameter } from './operate/whileRunning.ts';
import { configFileOf, type ContainerRef, containerOf, idOf } from './places.ts';
import { readConfig } from './readConfig.ts';

export { backUpContainer, bringBackContainer, lookIntoArchive, requirePackable } from './archive/archiveContainer.ts';
export { createContainer } from './create/createContainer.ts';
export { possibleStores } from './create/stores.ts';
export { installedTemplates } from './create/templates.ts';
export { askLxc } from './judge/askLxc.ts';
export { ownFilesOf } from './observe/ownFiles.ts';
export { listSnapshots, listSnapshotsByTool } from './observe/snapshots.ts';
export { listAtBoot } from './operate/atBoot.ts';
export { logFileOf } from './operate/startLog.ts';
export { readStartSettings, readStartSettingsByTool } from './operate/startSettings.ts';
export { isInState } from './operate/whileRunning.ts';
export { checkUnprivileged } from './unprivileged/checks.ts';
export { mapAccounts } from './unprivileged/mapAccounts.ts';
export { readUnprivilegedFacts } from './unprivileged/readFacts.ts';

/** Its users, from its own passwd; undefined where that cannot be read. */
export const usersOf = async (ref: ContainerRef): Promise<readonly MachineUser[] | undefined> => {
  try {
    const { rootfs } = await readConfig(configFileOf(ref));
    return rootfs === undefined ? undefined : parsePasswd(await boundedReads(() => readInside(rootfs, 'etc/passwd')));
  } catch {
    return undefined;
  }
};

/** Whatever enters a frozen container is frozen, too. @throws MachineError noSuchMachine, cannotEnter */
const requireUnfrozen = (host: LxcHost, ref: ContainerRef): void => {
  if (requireRunning(host, ref).frozen)
    throw new MachineError({ kind: 'cannotEnter', name: idOf(ref), reason: 'frozen' });
};

/** @throws MachineError noSuchMachine, cannotEnter, noSuchUser */
export const planAttach = async (host: LxcHost, ref: ContainerRef, request: ShellRequest): Promise<ShellPlan> => {
  requireUnfrozen(host, ref);
  const { user, commandLine } = request;
  // lxc-attach looks up root's shell itself.
  const wanted = user === undefined || user === 'root' ? undefined : user;
  const account = wanted === undefined ? undefined : (await usersOf(ref))?.find(({ name }) => name === wanted);
  if (wanted !== undefined && account === undefined)
    throw new MachineError({ kind: 'noSuchUser', name: idOf(ref), user: wanted });
  const isClosed = account?.canLogIn === false;
  const entering = isClosed ? { ...account, shell: '/bin/sh' } : account;
  const command = commandLine === undefined ? attach(ref, entering) : attachCommand(ref, commandLine, entering);
  return {
    command: inOwnGroup(host, ref, command),
    polkitActions: [],
    ...ofThisUser(ref),
    way: 'ownTool',
    doubts: [],
    refused: isClosed ? account.shell : undefined,
  };
};

/** The console, which asks who logs in. @throws MachineError noSuchMachine, cannotEnter */
export const planLogin = (host: LxcHost, ref: ContainerRef): TerminalPlan => {
  requireUnfrozen(host, ref);
  return { command: openConsole(ref), polkitActions: [], ...ofThisUser(ref) };
};

/** @throws MachineError noSuchImage, machineRunning, invalidName */
export const planExecute = (host: LxcHost, ref: ContainerRef, line: string): TerminalPlan => {
  const failure = firstOf([missing(ref), running(host, ref)]);
  if (failure !== undefined) throw new MachineError(failure);
  return { command: inOwnGroup(host, ref, execute(ref, line)), polkitActions: [], ...ofThisUser(ref) };
};

export const operations = {
  start: (host, ref) => startContainer(host, containerOf(ref)),
  powerOff: (host, ref) => stopContainer(host, containerOf(ref)),
  reboot: (host, ref) => rebootContainer(host, containerOf(ref)),
  terminate: (host, ref) => killContainer(host, containerOf(ref)),
  kill: (host, ref, request) => signalContainer(host, containerOf(ref), request),
  freeze: (host, ref) => freezeContainer(host, containerOf(ref)),
  unfreeze: (host, ref) => unfreezeContainer(host, containerOf(ref)),
  enable: (host, ref) => setContainerAutostart(host, containerOf(ref), true),
  disable: (host, ref) => setContainerAutostart(host, containerOf(ref), false),
  setBootPlace: (host, ref, place) => setBootPlace(host, containerOf(ref), place),
  setLogLevel: (host, ref, level) => setLogLevel(host, containerOf(ref), level),
  setParameter: (host, ref, parameter, value) => setParameter(host, containerOf(ref), parameter, value),
  keepParameter: (_host, ref, version, parameter, value) => keepParameter(containerOf(ref), version, parameter, value),
  addDevice: (host, ref, device, asker) => changeDevice(host, containerOf(ref), device, 'add', asker),
  removeDevice: (host, ref, device, asker) => changeDevice(host, containerOf(ref), device, 'remove', asker),
  clone: (host, ref, to) => copyContainer(host, containerOf(ref), to),
  rename: (host, ref, to) => renameContainer(host, containerOf(ref), to),
  remove: (host, ref) => destroyContainer(host, containerOf(ref)),
  startCopy: (host, ref, to) => startCopy(host, containerOf(ref), to),
  takeSnapshot: (host, ref, comment) => snapshotContainer(host, containerOf(ref), comment),
  restoreSnapshot: (host, ref, snapshot, to) => restoreContainer(host, containerOf(ref), snapshot, to),
  removeSnapshot: (host, ref, snapshot) => removeSnapshot(host, containerOf(ref), snapshot),
} satisfies Operations;
