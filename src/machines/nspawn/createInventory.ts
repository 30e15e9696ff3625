import { homedir } from 'node:os';
import { directoriesIn } from '../../schema/imageDirectories.ts';
import type { Inventory, InventoryOptions } from '../inventory.ts';
import type { Machine, MachineDetails } from '../machine.ts';
import { createInventoryListeners } from '../inventoryListeners.ts';
import { createDetailsCache } from '../host/detailsCache.ts';
import { type MachinedPaths, machinedPaths } from './machinedPaths.ts';
import { createImageOsCache } from './observe/imageOs.ts';
import { createMachinedLink } from './observe/machinedLink.ts';
import { askDetails, withLearnt } from './observe/machineDetails.ts';
import { createImageWatch } from './observe/watchImages.ts';
import { createEnabledWatch } from './observe/watchEnabled.ts';
import { createFailedWatch } from './observe/watchFailed.ts';
import { createMachineWatch } from './observe/watchMachines.ts';

/**
 * The inventory of this host: machines from systemd's state files, images from machined or their directories, details from
 * machined. docs/architecture.md says why each comes from where.
 * @param paths elsewhere only in tests
 */
export const createInventory = (options: InventoryOptions, paths: MachinedPaths = machinedPaths): Inventory => {
  const listeners = createInventoryListeners();
  const { emit } = listeners;
  const state: {
    /** The first whole answer, while somebody watches. */
    watching: Promise<void> | undefined;
    /** Questions under way that need the bus although nobody watches. */
    borrowers: number;
  } = { watching: undefined, borrowers: 0 };

  const machineWatch = createMachineWatch(
    paths.stateFiles,
    (changes) => {
      for (const { kind, ...change } of changes) {
        if (kind !== 'machineAdded' && 'id' in change) details.forget(change.id);
      }
      emit(changes);
      imageSystems.forgetUnknown();
      // Each machine of root holds one of its 256 connections, so one that ends may let us in again.
      const ended = changes.some(({ kind }) => kind === 'machineRemoved');
      if (ended && state.watching !== undefined && link.availability().kind === 'busDown') void link.probe();
    },
    paths.leftOut,
  );

  const link = createMachinedLink(paths, {
    onAvailability: () => {
      details.forgetAll();
      emit([{ kind: 'availability' }]);
      // A bus that has just gone away has nothing new to tell.
      if (state.watching === undefined || link.availability().kind === 'busDown') return;
      void imageWatch.relist();
      void failedWatch.read();
    },
    onTransferEnded: () => void imageWatch.relist(),
    onUnitChanged: () => void failedWatch.read(),
  });

  const directories = directoriesIn(options.imageDirectories, homedir());
  const imageWatch = createImageWatch({ paths, directories, link, onChanges: emit });

  const enabledWatch = createEnabledWatch(paths.enabledMachines, emit);
  const failedWatch = createFailedWatch(paths.runningUnits, link, emit);

  const imageSystems = createImageOsCache({ link, machines: machineWatch.machines });

  // Another run of a machine is another object.
  const learnt = new WeakMap<Machine, MachineDetails>();
  const details = createDetailsCache({
    machines: machineWatch.machines,
    ask: async (machine) => {
      const sources = { paths, link, images: imageWatch.images, imageOs: imageSystems.get };
      return withLearnt(await borrow(() => askDetails(sources, machine)), learnt.get(machine));
    },
    onChanged: (name) => emit([{ kind: 'machineChanged', id: name }]),
  });

  /** Closes what nobody needs any more. */
  const release = (): void => {
    if (state.watching !== undefined || state.borrowers > 0) return;
    link.close();
    imageWatch.stop();
    machineWatch.stop();
    enabledWatch.stop();
    failedWatch.stop();
  };

  const borrow = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    state.borrowers += 1;
    try {
      return await question();
    } finally {
      state.borrowers -= 1;
      release();
    }
  };

  const pause = (): void => {
    state.watching = undefined;
    details.stop();
    link.close();
    imageWatch.stop();
    machineWatch.stop();
    enabledWatch.stop();
    failedWatch.stop();
  };

  return {
    get availability() {
      return link.availability();
    },
    get machines() {
      return machineWatch.machines;
    },
    get images() {
      return imageWatch.images();
    },
    get imagesCut() {
      return imageWatch.cut();
    },
    get enabled() {
      return enabledWatch.names();
    },
    get failed() {
      return failedWatch.failed();
    },
    watch: () => {
      if (state.watching !== undefined) return state.watching;
      const machinesRead = machineWatch.start();
      imageWatch.start();
      enabledWatch.start();
      failedWatch.start();
      state.watching = (async () => {
        await Promise.all([machinesRead, link.probe()]);
        await Promise.all([imageWatch.relist(), failedWatch.read()]);
      })();
      return state.watching;
    },
    pause,
    refresh: () =>
      borrow(async () => {
        details.forgetAll();
        imageSystems.forgetAll();
        enabledWatch.read();
        await Promise.all([machineWatch.readAll(), link.probe()]);
        await Promise.all([imageWatch.relist(), failedWatch.read()]);
      }),
    details: (name) => details.get(name),
    learn: (machine, answer) => {
      learnt.set(machine, answer);
      details.forget(machine.id);
      if (machineWatch.machines.get(machine.id) === machine) emit([{ kind: 'machineChanged', id: machine.id }]);
    },
    imageOs: (name) => {
      const image = imageWatch.images().get(name);
      return image === undefined ? Promise.resolve(undefined) : borrow(() => imageSystems.get(image));
    },
    onDidChange: listeners.onDidChange,
    dispose: () => {
      pause();
      listeners.clear();
    },
  };
};
