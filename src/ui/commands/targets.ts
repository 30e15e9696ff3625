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

/** The machine that runs from an image. One that has the name of the image may run from another. */
export const machineOfImage = (known: Pick<Known, 'machines' | 'images'>, name: string): string | undefined => {
  const path = known.images.get(name)?.path;
  if (path === undefined) return undefined;
  const byRoot = [...known.machines.values()].filter(({ rootDirectory }) => rootDirectory === path);
  const [first] = byRoot;
  if (first !== undefined) return byRoot.some((one) => one.name === name) ? name : first.name;
  // The root of a disk image is mounted somewhere: its machine is known by the name that systemd-nspawn makes of the image's.
  const namesake = namesakeOf(known, name);
  const root = namesake?.rootDirectory;
  const runsElsewhere = root !== undefined && [...known.images.values()].some((image) => image.path === root);
  return runsElsewhere ? undefined : namesake?.name;
};

/** The machine that is meant by a name alone, as from the palette: the one of that name, else the one that runs from that image. */
export const machineMeant = (known: Pick<Known, 'machines' | 'images'>, name: string): string | undefined =>
  known.machines.has(name) ? name : machineOfImage(known, name);

/** The machine that is meant by a row: the row of an image means what runs from that image, and no other. */
export const machineOfTarget = (
  known: Pick<Known, 'machines' | 'images'>,
  { kind, name }: Target,
): string | undefined => (kind === 'image' ? machineOfImage(known, name) : machineMeant(known, name));

/** The same for a name among those that a command acts on; from the palette there is no row. */
export const machineClicked = (
  known: Pick<Known, 'machines' | 'images'>,
  args: readonly unknown[],
  name: string,
): string | undefined => {
  const target = targetsOf(args)?.find((one) => one.name === name);
  return target === undefined ? machineMeant(known, name) : machineOfTarget(known, target);
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
      return fits(known, name, 'machineImage') && fits(known, name, 'stoppedImage');
    case 'renamable':
      return isManaged(image) && machineOfImage(known, name) === undefined;
    case 'stoppedImage':
      // A machine that runs from another image may have its name, and there is only one of a name.
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
