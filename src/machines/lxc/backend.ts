import { userInfo } from 'node:os';
import { accountsIn } from '../../hostFiles/accountFiles.ts';
import type { Backend } from '../backend.ts';
import { readSmallFile } from '../cgroups/observe/readSmallFile.ts';
import type { ShellPlan, ShellRequest, TerminalPlan } from '../entry.ts';
import { MachineError } from '../errors.ts';
import { boundedReads } from '../host/boundedReads.ts';
import { type MachineUser, parsePasswd } from '../host/passwd.ts';
import { readInside } from '../host/readInside.ts';
import type { MachineRef } from '../reference.ts';
import { containerInfo } from './commands/containerCommands.ts';
import { attach, attachCommand, execute, openConsole } from './commands/terminalCommands.ts';
import { checkContainerName } from './containerName.ts';
import { createLxcInventory } from './lxcInventory.ts';
import { listSnapshots, listSnapshotsByTool } from './observe/snapshots.ts';
import {
  copyContainer,
  destroyContainer,
  removeSnapshot,
  renameContainer,
  restoreContainer,
  snapshotContainer,
} from './operate/containerFiles.ts';
import { backUpContainer, bringBackContainer, lookIntoArchive, requirePackable } from './archive/archiveContainer.ts';
import { createContainer } from './create/createContainer.ts';
import { possibleStores } from './create/stores.ts';
import { installedTemplates } from './create/templates.ts';
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
  isDefined,
  type LxcHost,
  missing,
  ofThisUser,
  requireRunning,
  running,
} from './operate/containerOperation.ts';
import { signalContainer } from './operate/signalContainer.ts';
import { logFileOf } from './operate/startLog.ts';
import {
  readStartSettings,
  readStartSettingsByTool,
  setBootPlace,
  setContainerAutostart,
  setLogLevel,
} from './operate/startSettings.ts';
import {
  configFileOf,
  type ContainerRef,
  idOf,
  isInstalled,
  lxcPlaces,
  ownerOf,
  ownPath,
  systemPath,
} from './places.ts';
import { readConfig } from './readConfig.ts';
import { checkUnprivileged } from './unprivileged/checks.ts';
import { readUnprivilegedFacts } from './unprivileged/readFacts.ts';

/** The scope of a container is the directory in which LXC finds it. */
const containerOf = ({ scope, name }: MachineRef): ContainerRef => ({ lxcpath: scope, name });

/** Its users, from its own passwd; undefined where that cannot be read. */
const usersOf = async (ref: ContainerRef): Promise<readonly MachineUser[] | undefined> => {
  try {
    const { rootfs } = await readConfig(configFileOf(ref));
    return rootfs === undefined ? undefined : parsePasswd(await boundedReads(() => readInside(rootfs, 'etc/passwd')));
  } catch {
    return undefined;
  }
};

/** Whatever enters a frozen container is frozen, too. @throws MachineError noSuchMachine, cannotEnter */
const requireThawed = (host: LxcHost, ref: ContainerRef): void => {
  if (requireRunning(host, ref).frozen)
    throw new MachineError({ kind: 'cannotEnter', name: idOf(ref), reason: 'frozen' });
};

/** @throws MachineError noSuchMachine, cannotEnter, noSuchUser */
const planAttach = async (host: LxcHost, ref: ContainerRef, request: ShellRequest): Promise<ShellPlan> => {
  requireThawed(host, ref);
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

/** @throws MachineError noSuchImage, machineRunning, invalidName */
const planExecute = (host: LxcHost, ref: ContainerRef, line: string): TerminalPlan => {
  const failure = firstOf([missing(ref), running(host, ref)]);
  if (failure !== undefined) throw new MachineError(failure);
  return { command: inOwnGroup(host, ref, execute(ref, line)), polkitActions: [], ...ofThisUser(ref) };
};

/** The name of the user whose containers lie in a directory. */
const ownerName = (lxcpath: string): string | undefined => {
  const uid = ownerOf(lxcpath);
  if (uid === undefined) return undefined;
  const accounts = accountsIn(readSmallFile('/etc/passwd') ?? '');
  return accounts.find(({ id }) => id === uid)?.name ?? (uid === process.geteuid?.() ? userInfo().username : `${uid}`);
};

/** The containers of LXC. */
export const lxc: Backend = {
  id: 'lxc',
  label: 'LXC',
  icon: 'layers',
  createInventory: () => createLxcInventory({ idOf: (lxcpath, name) => idOf({ lxcpath, name }) }),
  operations: {
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
    clone: (host, ref, to) => copyContainer(host, containerOf(ref), to),
    rename: (host, ref, to) => renameContainer(host, containerOf(ref), to),
    remove: (host, ref) => destroyContainer(host, containerOf(ref)),
    startCopy: (host, ref, to) => startCopy(host, containerOf(ref), to),
    takeSnapshot: (host, ref, comment) => snapshotContainer(host, containerOf(ref), comment),
    restoreSnapshot: (host, ref, snapshot, to) => restoreContainer(host, containerOf(ref), snapshot, to),
    removeSnapshot: (host, ref, snapshot) => removeSnapshot(host, containerOf(ref), snapshot),
  },
  terminals: {
    shell: (host, ref, request) => planAttach(host, containerOf(ref), request),
    logIn: (host, ref) => {
      requireThawed(host, containerOf(ref));
      return Promise.resolve({
        command: openConsole(containerOf(ref)),
        polkitActions: [],
        ...ofThisUser(containerOf(ref)),
      });
    },
    execute: (host, ref, line) => planExecute(host, containerOf(ref), line),
  },
  documents: {
    status: (ref) => containerInfo(containerOf(ref)),
  },
  texts: {
    configuration: (ref) => configFileOf(containerOf(ref)),
    log: (host, ref) => logFileOf(host, containerOf(ref)),
  },
  startSettings: {
    read: (ref) => readStartSettings(containerOf(ref)),
    readByTool: (ref) => readStartSettingsByTool(containerOf(ref)),
  },
  snapshots: {
    list: (ref) => listSnapshots(containerOf(ref)),
    listByTool: (ref) => listSnapshotsByTool(containerOf(ref)),
  },
  creation: {
    unavailable: () => (isInstalled(lxcPlaces) ? undefined : { kind: 'toolMissing', file: 'lxc-create' }),
    scopes: () => {
      const own = ownPath(lxcPlaces);
      return own === undefined ? [systemPath(lxcPlaces)] : [own, systemPath(lxcPlaces)];
    },
    isTaken: (ref) => isDefined(containerOf(ref)) === true,
    templates: () => installedTemplates(lxcPlaces),
    // A user without privileges can neither mount nor make volumes.
    stores: (scope) => (scope === ownPath(lxcPlaces) ? ['dir'] : possibleStores(lxcPlaces, scope)),
    create: (host, ref, plan, follow) => createContainer(host, containerOf(ref), plan, follow),
  },
  archives: {
    requirePackable: (host, ref) => requirePackable(host, containerOf(ref)),
    backUp: (host, ref, file) => backUpContainer(host, containerOf(ref), file),
    scope: () => systemPath(lxcPlaces),
    look: lookIntoArchive,
    bringBack: (host, ref, file, packed) => bringBackContainer(host, containerOf(ref), file, packed),
  },
  checkName: checkContainerName,
  unprivileged: {
    check: async (run, user) => {
      if (!isInstalled(lxcPlaces)) throw new MachineError({ kind: 'toolMissing', file: 'lxc-start' });
      return checkUnprivileged(await readUnprivilegedFacts(run, user));
    },
  },
  ownerOf: ({ scope }) => ownerName(scope),
  users: (_host, ref) => usersOf(containerOf(ref)),
};
