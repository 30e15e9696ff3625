import { userInfo } from 'node:os';
import { accountsIn } from '../../hostFiles/accountFiles.ts';
import type { Backend } from '../backend.ts';
import { readSmallFile } from '../cgroups/observe/readSmallFile.ts';
import { MachineError } from '../errors.ts';
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
    start: async (...given) => (await acts()).operations.start(...given),
    powerOff: async (...given) => (await acts()).operations.powerOff(...given),
    reboot: async (...given) => (await acts()).operations.reboot(...given),
    terminate: async (...given) => (await acts()).operations.terminate(...given),
    kill: async (...given) => (await acts()).operations.kill(...given),
    freeze: async (...given) => (await acts()).operations.freeze(...given),
    unfreeze: async (...given) => (await acts()).operations.unfreeze(...given),
    enable: async (...given) => (await acts()).operations.enable(...given),
    disable: async (...given) => (await acts()).operations.disable(...given),
    setBootPlace: async (...given) => (await acts()).operations.setBootPlace(...given),
    setLogLevel: async (...given) => (await acts()).operations.setLogLevel(...given),
    setParameter: async (...given) => (await acts()).operations.setParameter(...given),
    keepParameter: async (...given) => (await acts()).operations.keepParameter(...given),
    addDevice: async (...given) => (await acts()).operations.addDevice(...given),
    removeDevice: async (...given) => (await acts()).operations.removeDevice(...given),
    clone: async (...given) => (await acts()).operations.clone(...given),
    rename: async (...given) => (await acts()).operations.rename(...given),
    remove: async (...given) => (await acts()).operations.remove(...given),
    startCopy: async (...given) => (await acts()).operations.startCopy(...given),
    takeSnapshot: async (...given) => (await acts()).operations.takeSnapshot(...given),
    restoreSnapshot: async (...given) => (await acts()).operations.restoreSnapshot(...given),
    removeSnapshot: async (...given) => (await acts()).operations.removeSnapshot(...given),
  },
  terminals: {
    shell: async (host, ref, request) => (await acts()).planAttach(host, containerOf(ref), request),
    logIn: async (host, ref) => (await acts()).planLogin(host, containerOf(ref)),
    execute: async (host, ref, line) => (await acts()).planExecute(host, containerOf(ref), line),
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
