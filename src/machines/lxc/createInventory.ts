import { basename, join } from 'node:path';
import type { Image } from '../image.ts';
import type { Inventory, InventoryChange } from '../inventory.ts';
import { createInventoryListeners } from '../inventoryListeners.ts';
import type { Machine, MachineDetails, OsRelease } from '../machine.ts';
import { createDetailsCache } from '../host/detailsCache.ts';
import { plainFiles } from '../host/files.ts';
import { osReleaseInTree } from '../host/osRelease.ts';
import { readSmallFile } from '../cgroups/observe/readSmallFile.ts';
import { isLocal } from './observe/atHand.ts';
import type { DefinedContainer } from './observe/listContainers.ts';
import { addressesOfProcess } from './observe/networkAddresses.ts';
import type { RunningContainer } from './observe/runningContainers.ts';
import { type ContainersChange, createContainersWatch } from './observe/watchContainers.ts';
import { createRunningWatch } from './observe/watchRunning.ts';
import { placeOfGroups } from './observe/placeOfGroups.ts';
import { createUserRunningWatch } from './observe/watchUserRunning.ts';
import { filesOf, isInstalled, type LxcPlaces } from './places.ts';

interface PathInventoryOptions {
  /** The reference of a container, by the directory in which it lies and its name. */
  readonly idOf: (lxcpath: string, name: string) => string;
  readonly places: LxcPlaces;
  /** The directory of the containers; undefined where there is none to look into. */
  readonly path: () => string | undefined;
  /** Whether they are those of a user, and so may run in any group of the user's. */
  readonly ofUser: boolean;
  /** Another user, who may be an enemy of root's. */
  readonly isOther?: true;
}

/** Milliseconds since the epoch; start times count in hundredths of a second since boot on every Linux. */
const startedAt = ({ startTime }: RunningContainer, proc: string): number | undefined => {
  const uptime = Number(readSmallFile(join(proc, 'uptime'))?.split(' ')[0]);
  return Number.isNaN(uptime) ? undefined : Math.round(Date.now() - uptime * 1_000 + Number(startTime) * 10);
};

/** Where its tree lies as long as nobody can read where. */
const treeOf = ({ lxcpath, name, config }: DefinedContainer): string =>
  config === undefined ? join(lxcpath, name, 'rootfs') : (config.rootfs ?? join(lxcpath, name));

const imageOf = (id: string, container: DefinedContainer): Image => ({
  id,
  name: container.name,
  type: 'directory',
  path: treeOf(container),
  readOnly: false,
  usage: undefined,
  limit: undefined,
  created: container.created,
  modified: container.modified,
  managed: true,
});

/**
 * The inventory of the containers of one directory: what is defined is an image, what runs is a machine. Both come from files of LXC and
 * the kernel, which tell of changes themselves; docs/observation.md says why. Without LXC there is nothing, and nothing is watched.
 */
export const createPathInventory = ({ idOf, places, path, ofUser, isOther }: PathInventoryOptions): Inventory => {
  const listeners = createInventoryListeners();
  const machines = new Map<string, Machine>();
  const images = new Map<string, Image>();
  const enabled = new Set<string>();
  const systems = new Map<string, Promise<OsRelease | undefined>>();
  const state = {
    lxcpath: path() ?? '',
    watching: undefined as Promise<void> | undefined,
    followsDefined: false,
    /** Ends when all that run are known. */
    followsRunning: undefined as Promise<void> | undefined,
  };
  const id = (name: string): string => idOf(state.lxcpath, name);

  const emit = (changes: readonly InventoryChange[]): void => {
    if (changes.length > 0) listeners.emit(changes);
  };

  const machineOf = (running: RunningContainer): Machine => {
    const defined = containersWatch.containers.get(running.name);
    return {
      id: id(running.name),
      name: running.name,
      className: 'container',
      service: 'lxc',
      unit: undefined,
      group: basename(running.payload.path),
      leader: running.leader,
      rootDirectory: defined === undefined ? join(running.lxcpath, running.name, 'rootfs') : treeOf(defined),
      since: startedAt(running, places.proc),
      networkInterfaces: [],
      frozen: running.frozen,
    };
  };

  const setRunning = (name: string): readonly InventoryChange[] => {
    const running = runningWatch.running().get(name);
    const before = machines.get(id(name));
    details.forget(id(name));
    if (running === undefined) {
      machines.delete(id(name));
      return before === undefined ? [] : [{ kind: 'machineRemoved', id: id(name) }];
    }
    const made = machineOf(running);
    // Reckoned from the clock, so two answers about one run are not quite the same.
    const now = before !== undefined && before.leader === made.leader ? { ...made, since: before.since } : made;
    machines.set(id(name), now);
    return [{ kind: before === undefined ? 'machineAdded' : 'machineChanged', id: id(name) }];
  };

  const runningWatch = (ofUser ? createUserRunningWatch : createRunningWatch)(
    places,
    () => placeOfGroups(places, state.lxcpath)?.top,
    () => ({
      lxcpath: state.lxcpath,
      usualPath: state.lxcpath,
      ...(isOther === true ? { isDefined: (name) => containersWatch.containers.has(name) } : {}),
    }),
    (names) => emit(names.flatMap(setRunning)),
  );

  /** The groups of a user are many, and nobody needs to follow them for containers that there are not. */
  const followRunning = async (): Promise<void> => {
    if (ofUser && containersWatch.containers.size === 0) return;
    await (state.followsRunning ??= runningWatch.start());
  };

  const setBoot = (name: string, isEnabled: boolean): readonly InventoryChange[] => {
    if (enabled.has(id(name)) === isEnabled) return [];
    if (isEnabled) enabled.add(id(name));
    else enabled.delete(id(name));
    return [{ kind: 'bootStateChanged', id: id(name) }];
  };

  const setContainer = ({ before, now }: ContainersChange): readonly InventoryChange[] => {
    const name = (now ?? before)?.name ?? '';
    systems.delete(name);
    const boot = setBoot(name, now?.config?.autostart === true);
    // A row of a running one says what its configuration says, too.
    const machine = machines.has(id(name)) ? setRunning(name) : [];
    if (now === undefined) {
      images.delete(id(name));
      return [{ kind: 'imageRemoved', id: id(name) }, ...boot, ...machine];
    }
    images.set(id(name), imageOf(id(name), now));
    return [{ kind: before === undefined ? 'imageAdded' : 'imageChanged', id: id(name) }, ...boot, ...machine];
  };

  const containersWatch = createContainersWatch(
    () => state.lxcpath,
    places.proc,
    (changes) => {
      emit(changes.flatMap(setContainer));
      if (state.watching !== undefined) void followRunning();
    },
    () => filesOf(places, state.lxcpath),
  );

  const osOf = (name: string): Promise<OsRelease | undefined> => {
    const known = systems.get(name);
    if (known !== undefined) return known;
    const tree = containersWatch.containers.get(name)?.config?.rootfs;
    const files = filesOf(places, state.lxcpath);
    const read = files === plainFiles ? undefined : (file: string) => files.read(join(tree ?? '', file));
    const os = tree === undefined ? Promise.resolve(undefined) : osReleaseInTree(tree, read);
    systems.set(name, os);
    return os;
  };

  const networkOf = (name: string): 'interfaces' | 'none' | 'host' =>
    containersWatch.containers.get(name)?.config?.network ?? 'interfaces';

  const askDetails = async ({ name, leader }: Machine): Promise<MachineDetails> => ({
    state: 'running',
    os: await osOf(name),
    addresses: leader === undefined || networkOf(name) !== 'interfaces' ? [] : addressesOfProcess(leader, places.proc),
  });

  const details = createDetailsCache({
    machines,
    ask: askDetails,
    awaitsAddress: ({ name }) => networkOf(name) === 'interfaces',
    onChanged: (changed) => emit([{ kind: 'machineChanged', id: changed }]),
  });

  const readAll = async (): Promise<void> => {
    await containersWatch.readAll();
    await runningWatch.readAll();
  };

  const isThere = (): boolean => state.lxcpath !== '' && isInstalled(places);

  const pause = (): void => {
    state.watching = undefined;
    state.followsDefined = false;
    state.followsRunning = undefined;
    details.stop();
    containersWatch.stop();
    runningWatch.stop();
  };

  const follow = async (): Promise<void> => {
    state.lxcpath = path() ?? '';
    if (!isThere()) return;
    // To watch a directory is to look at it, and a file system of the user's own may never answer.
    if (isOther === true && !(await isLocal(state.lxcpath, places.proc))) return;
    state.followsDefined = true;
    containersWatch.start();
    await containersWatch.readAll();
    await followRunning();
  };

  return {
    availability: { kind: 'ready' },
    machines,
    images,
    imagesCut: false,
    enabled,
    failed: new Map(),
    watch: () => {
      state.watching ??= follow();
      return state.watching;
    },
    pause,
    refresh: async () => {
      // LXC may have been installed since.
      if (state.watching !== undefined && !state.followsDefined) state.watching = follow();
      await state.watching;
      if (!isThere()) return;
      details.forgetAll();
      systems.clear();
      await readAll();
    },
    details: details.get,
    imageOs: (wanted) => {
      const name = images.get(wanted)?.name;
      return name === undefined ? Promise.resolve(undefined) : osOf(name);
    },
    onDidChange: listeners.onDidChange,
    dispose: () => {
      pause();
      listeners.clear();
    },
  };
};
