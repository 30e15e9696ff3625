import type { MachineFailure } from '../../errors.ts';
import { MachineError } from '../../errors.ts';
import { requireImageName } from '../../names.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { clone, remove, rename, setReadOnly } from '../commands/imageCommands.ts';
import { askImage, imageExists } from './imageLife.ts';
import { isRegistered } from './machineLife.ts';

const manageImages = ['org.freedesktop.machine1.manage-images'];

type Obstacle = () => Promise<MachineFailure | undefined>;

const firstOf = async (obstacles: readonly Obstacle[]): Promise<MachineFailure | undefined> => {
  for (const obstacle of obstacles) {
    const failure = await obstacle();
    if (failure !== undefined) return failure;
  }
  return undefined;
};

const missing =
  (host: OperationHost, name: string): Obstacle =>
  async () =>
    (await imageExists(host, name)) ? undefined : { kind: 'noSuchImage', name };

const taken =
  (host: OperationHost, name: string): Obstacle =>
  async () =>
    (await imageExists(host, name)) ? { kind: 'nameTaken', name } : undefined;

const running =
  (host: OperationHost, name: string): Obstacle =>
  async () =>
    (await isRegistered(host, name)) ? { kind: 'machineRunning', name } : undefined;

/**
 * The obstacles are looked for before the tool runs, and again when it has failed: another may have been quicker. They
 * are asked of the host, not looked up in the inventory, which may be paused and old.
 */
const imageOperation = async (
  host: OperationHost,
  obstacles: readonly Obstacle[],
  operation: Pick<Operation, 'name' | 'command' | 'settle'>,
): Promise<Operation> => {
  const failure = await firstOf(obstacles);
  if (failure !== undefined) throw new MachineError(failure);
  return {
    ...operation,
    polkitActions: manageImages,
    explain: () => firstOf(obstacles),
    settle: async (signal) => {
      await operation.settle(signal);
      // No event tells of a changed image.
      await host.inventory.refresh();
    },
  };
};

const expectImage = async (
  host: OperationHost,
  name: string,
  expected: boolean,
  signal: AbortSignal,
): Promise<void> => {
  if ((await imageExists(host, name, signal)) === expected) return;
  const [there, gone] = ['there', 'gone'];
  const words = expected ? { expected: there, found: gone } : { expected: gone, found: there };
  throw new MachineError({ kind: 'noEffect', name, ...words });
};

/** @throws MachineError invalidName, noSuchImage, nameTaken, busUnavailable */
export const cloneImage = async (
  host: OperationHost,
  from: string,
  to: string,
  readOnly: boolean,
): Promise<Operation> => {
  requireImageName(to);
  return imageOperation(host, [missing(host, from), taken(host, to)], {
    name: from,
    command: clone(from, to, readOnly),
    settle: (signal) => expectImage(host, to, true, signal),
  });
};

/** @throws MachineError invalidName, noSuchImage, machineRunning, nameTaken, busUnavailable */
export const renameImage = async (host: OperationHost, from: string, to: string): Promise<Operation> => {
  requireImageName(to);
  return imageOperation(host, [missing(host, from), running(host, from), taken(host, to)], {
    name: from,
    command: rename(from, to),
    settle: async (signal) => {
      await expectImage(host, to, true, signal);
      await expectImage(host, from, false, signal);
    },
  });
};

/** @throws MachineError noSuchImage, machineRunning, busUnavailable */
export const removeImage = (host: OperationHost, name: string): Promise<Operation> =>
  imageOperation(host, [missing(host, name), running(host, name)], {
    name,
    command: remove(name),
    settle: (signal) => expectImage(host, name, false, signal),
  });

/** @throws MachineError noSuchImage, machineRunning, busUnavailable */
export const setImageReadOnly = (host: OperationHost, name: string, readOnly: boolean): Promise<Operation> =>
  imageOperation(host, [missing(host, name), running(host, name)], {
    name,
    command: setReadOnly(name, readOnly),
    settle: async (signal) => {
      const found = (await askImage(host, name, signal))?.get('ReadOnly') ?? 'gone';
      const expected = readOnly ? 'yes' : 'no';
      if (found !== expected) throw new MachineError({ kind: 'noEffect', name, expected, found });
    },
  });
