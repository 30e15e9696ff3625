import type { Image } from '../../machines/image.ts';
import type { Inventory } from '../../machines/inventory.ts';
import { checkMachineName } from '../../machines/names.ts';
import type { DetailNode, ImageNode, MachineNode } from '../tree/node.ts';
import { namesakeOf } from '../tree/runningImages.ts';

/** What a command acts on, as the tree names it. */
export type Target = MachineNode | ImageNode;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const asTarget = (value: unknown): Target | undefined => {
  if (!isRecord(value)) return undefined;
  const { kind, name, owner } = value;
  if (kind === 'detail') return asTarget(owner);
  if ((kind === 'machine' || kind === 'image') && typeof name === 'string' && name !== '') return { kind, name };
  return undefined;
};

const same = (one: Target, other: Target): boolean => one.kind === other.kind && one.name === other.name;

/**
 * Reads what VS Code hands to a handler: the clicked row and, where several are selected, all of them. Anything may call a
 * command with anything, so only what has the shape of a row counts. A click outside the selection means that row alone.
 * Undefined where there is no row, as from the palette.
 */
export const targetsOf = (args: readonly unknown[]): readonly Target[] | undefined => {
  const selected = Array.isArray(args[1]) ? args[1].map(asTarget).filter((target) => target !== undefined) : [];
  // A heading among the selected rows stands for the others.
  const onHeading = isRecord(args[0]) && args[0]['kind'] === 'group';
  const clicked = asTarget(args[0]) ?? (onHeading ? selected[0] : undefined);
  if (clicked === undefined) return undefined;
  if (!selected.some((target) => same(target, clicked))) return [clicked];
  return selected.filter((target, index) => selected.findIndex((other) => same(other, target)) === index);
};

/** The line below a machine or image that was clicked, such as one of several addresses. */
export const detailOf = (args: readonly unknown[]): Pick<DetailNode, 'detail' | 'index'> | undefined => {
  const [value] = args;
  if (!isRecord(value) || value['kind'] !== 'detail') return undefined;
  const { detail, index } = value;
  if (typeof detail !== 'string' || typeof index !== 'number') return undefined;
  return { detail: detail as DetailNode['detail'], index };
};

/** Names, each once: a running machine may be selected both as machine and as image. */
export const namesOf = (targets: readonly Target[]): readonly string[] => [
  ...new Set(targets.map((target) => target.name)),
];

/** Which things a command fits; decides what a quick pick lists and what an argument is held against. */
export type Fits =
  | 'runningMachine'
  | 'image'
  /** Known to machinectl, and not the host itself. */
  | 'managedImage'
  /** The same, with a name that a machine can have. */
  | 'machineImage'
  /** The same, of which the machine does or does not start at boot. */
  | 'enabled'
  | 'disabled'
  /** The same, and not running. */
  | 'startable'
  /** A managed one that does not run, whatever its name. */
  | 'renamable'
  | 'stoppedImage'
  | 'machineOrImage'
  | 'writableImage'
  | 'readOnlyImage';

type Known = Pick<Inventory, 'machines' | 'images' | 'enabled'>;

/** The machine that is meant by a name: the one of that name, else the one that runs from the image of that name. */
export const machineMeant = (known: Pick<Known, 'machines' | 'images'>, name: string): string | undefined => {
  if (known.machines.has(name)) return name;
  const path = known.images.get(name)?.path;
  if (path === undefined) return undefined;
  const byRoot = [...known.machines.values()].find(({ rootDirectory }) => rootDirectory === path)?.name;
  if (byRoot !== undefined) return byRoot;
  // The root of a disk image is mounted somewhere: its machine is known by the name that systemd-nspawn makes of the image's.
  return namesakeOf(known, name)?.name;
};

const isMachine = (known: Pick<Known, 'machines'>, name: string): boolean => {
  const machine = known.machines.get(name);
  return machine !== undefined && machine.className !== 'host';
};

/** The image of the host itself, which machined lists too: nothing may be done to it. */
export const hostImage = '.host';

const isManaged = (image: Image | undefined): image is Image => image?.managed === true && image.name !== hostImage;

export const fits = (known: Known, name: string, wanted: Fits): boolean => {
  const image = known.images.get(name);
  switch (wanted) {
    case 'runningMachine':
      return isMachine(known, name);
    case 'image':
      return image !== undefined;
    case 'managedImage':
      return isManaged(image);
    case 'machineImage':
      return isManaged(image) && checkMachineName(name) === undefined;
    case 'enabled':
      return fits(known, name, 'machineImage') && known.enabled.has(name);
    case 'disabled':
      return fits(known, name, 'machineImage') && !known.enabled.has(name);
    case 'startable':
      return isManaged(image) && checkMachineName(name) === undefined && machineMeant(known, name) === undefined;
    case 'renamable':
      return isManaged(image) && machineMeant(known, name) === undefined;
    case 'stoppedImage':
      return image !== undefined && machineMeant(known, name) === undefined;
    case 'machineOrImage':
      return image !== undefined || isMachine(known, name);
    case 'writableImage':
      return isManaged(image) && !image.readOnly;
    case 'readOnlyImage':
      return isManaged(image) && image.readOnly;
  }
};

/** Every name that fits but the hidden ones, which are reached by their rows, in the order that people expect of names with numbers. */
export const namesThatFit = (known: Known, wanted: Fits): readonly string[] =>
  [...new Set([...known.machines.keys(), ...known.images.keys()])]
    .filter((name) => !name.startsWith('.') && fits(known, name, wanted))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
