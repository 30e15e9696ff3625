import { userInfo } from 'node:os';
import { accountsIn } from '../../hostFiles/accountFiles.ts';
import type { Backend } from '../backend.ts';
import { readSmallFile } from '../cgroups/observe/readSmallFile.ts';
import { MachineError } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { checkContainerName } from './containerName.ts';
import { createLxcInventory } from './lxcInventory.ts';
import {
  configFileOf,
  containerOf,
  idOf,
  isDefined,
  isInstalled,
  lxcPlaces,
  ownerOf,
  ownPath,
  pathOfUser,
  systemPath,
  userOf,
} from './places.ts';

/** What is done to containers, read with the first of it: rows need none of it. */
const acts = () => import('./acts.ts');

type ContainerActs = Awaited<ReturnType<typeof acts>>['operations'];

const later =
  <Name extends keyof ContainerActs>(name: Name) =>
  async (...given: Parameters<ContainerActs[Name]>): Promise<Operation> =>
    Reflect.apply((await acts()).operations[name], undefined, given) as Promise<Operation>;

/** The name of the user whose containers lie in a directory. */
const ownerName = (lxcpath: string): string | undefined => {
  const other = userOf(lxcPlaces, lxcpath);
  if (other !== undefined) return other.name;
  const uid = ownerOf(lxcpath);
  if (uid === undefined) return undefined;
  const accounts = accountsIn(readSmallFile('/etc/passwd') ?? '');
  return accounts.find(({ id }) => id === uid)?.name ?? (uid === process.geteuid?.() ? userInfo().username : `${uid}`);
};

/** The directories of containers, this user's own first. */
const scopes = (users: readonly string[] = []): readonly [string, ...string[]] => {
  const own = ownPath(lxcPlaces);
  const others = users.flatMap((name) => pathOfUser(lxcPlaces, name) ?? []);
  return own === undefined ? [systemPath(lxcPlaces), ...others] : [own, systemPath(lxcPlaces), ...others];
};

const isOfUser = (scope: string): boolean => scope === ownPath(lxcPlaces) || userOf(lxcPlaces, scope) !== undefined;

/** The containers of LXC. */
export const lxc: Backend = {
  id: 'lxc',
  label: 'LXC',
  icon: 'layers',
  createInventory: ({ users = [] }) => createLxcInventory({ idOf: (lxcpath, name) => idOf({ lxcpath, name }), users }),
  operations: {
    start: later('start'),
    powerOff: later('powerOff'),
    reboot: later('reboot'),
    terminate: later('terminate'),
    kill: later('kill'),
    freeze: later('freeze'),
    unfreeze: later('unfreeze'),
    enable: later('enable'),
    disable: later('disable'),
    setBootPlace: later('setBootPlace'),
    setLogLevel: later('setLogLevel'),
    setParameter: later('setParameter'),
    keepParameter: later('keepParameter'),
    addDevice: later('addDevice'),
    removeDevice: later('removeDevice'),
    clone: later('clone'),
    rename: later('rename'),
    remove: later('remove'),
    startCopy: later('startCopy'),
    takeSnapshot: later('takeSnapshot'),
    restoreSnapshot: later('restoreSnapshot'),
    removeSnapshot: later('removeSnapshot'),
  },
  terminals: {
    shell: async (host, ref, request) => (await acts()).planAttach(host, containerOf(ref), request),
    logIn: async (host, ref) => (await acts()).planLogin(host, containerOf(ref)),
    execute: async (host, ref, line) => (await acts()).planExecute(host, containerOf(ref), line),
    inTree: async (host, ref, command) => (await acts()).planInTree(host, containerOf(ref), command),
  },
  documents: {
    status: async (ref) => (await acts()).infoOf(containerOf(ref)),
  },
  texts: {
    configuration: (ref) => configFileOf(containerOf(ref)),
    log: async (host, ref) => (await acts()).logFileOf(host, containerOf(ref)),
    byItsUser: async (ref, command) => (await acts()).commandOfItsUser(containerOf(ref), command),
  },
  startSettings: {
    read: async (ref) => (await acts()).startSettings.read(ref),
    readByTool: async (ref) => (await acts()).startSettings.readByTool(ref),
  },
  atBoot: {
    scopes: () => (isInstalled(lxcPlaces) ? scopes() : []),
    list: async (scope, group, act) => (await acts()).listAtBoot(scope, group, act),
    isOwn: (scope) => scope === ownPath(lxcPlaces),
  },
  ownFiles: async (ref) => (await acts()).ownFilesOf(containerOf(ref)),
  snapshots: {
    list: async (ref) => (await acts()).snapshots.list(ref),
    listByTool: async (ref) => (await acts()).snapshots.listByTool(ref),
  },
  creation: {
    unavailable: () => (isInstalled(lxcPlaces) ? undefined : { kind: 'toolMissing', file: 'lxc-create' }),
    scopes,
    isTaken: (ref) => isDefined(containerOf(ref)) === true,
    templates: async () => (await acts()).installedTemplates(lxcPlaces),
    // A user without privileges can neither mount nor make volumes.
    stores: async (scope) => (isOfUser(scope) ? ['dir'] : (await acts()).possibleStores(lxcPlaces, scope)),
    create: async (host, ref, plan, follow) => (await acts()).create(host, containerOf(ref), plan, follow),
  },
  archives: {
    requirePackable: async (host, ref) => (await acts()).requirePackable(host, containerOf(ref)),
    backUp: async (host, ref, file) => (await acts()).backUpContainer(host, containerOf(ref), file),
    scope: () => systemPath(lxcPlaces),
    look: async (file) => (await acts()).lookIntoArchive(file),
    bringBack: async (host, ref, file, packed) =>
      (await acts()).bringBackContainer(host, containerOf(ref), file, packed),
  },
  checkName: checkContainerName,
  unprivileged: {
    check: async (run, user) => {
      if (!isInstalled(lxcPlaces)) throw new MachineError({ kind: 'toolMissing', file: 'lxc-start' });
      const { checkUnprivileged, readUnprivilegedFacts } = await acts();
      return checkUnprivileged(await readUnprivilegedFacts(run, user));
    },
  },
  lxcFiles: {
    judge: async (...given) => (await acts()).askLxc(...given),
    mapAccounts: async (mapping) => (await acts()).mapAccounts(mapping),
  },
  isInState: async (host, ref, state) => (await acts()).isInState(host, containerOf(ref), state),
  ownerOf: ({ scope }) => ownerName(scope),
  users: async (host, ref) => (await acts()).usersOf(host, containerOf(ref)),
};
