import { type Backends, canBeNamed } from '../../machines/backend.ts';
import { MachineError } from '../../machines/errors.ts';
import type { Image } from '../../machines/image.ts';
import type { Inventory } from '../../machines/inventory.ts';
import { nameOf } from '../../machines/reference.ts';
import { type Ability, isAble } from '../tree/abilities.ts';
import type { DetailNode, ImageNode, MachineNode } from '../tree/node.ts';
import { machinesOn, namesakeOf } from '../tree/runningImages.ts';

/** What a command acts on, as the tree names it. */
export type Target = MachineNode | ImageNode;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const asTarget = (value: unknown): Target | undefined => {
  if (!isRecord(value)) return undefined;
  const { kind, id, owner } = value;
  if (kind === 'detail') return asTarget(owner);
  if ((kind === 'machine' || kind === 'image') && typeof id === 'string' && id !== '') return { kind, id };
  return undefined;
};

const same = (one: Target, other: Target): boolean => one.kind === other.kind && one.id === other.id;

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

/** Each once: a running machine may be selected both as machine and as image. */
export const idsOf = (targets: readonly Target[]): readonly string[] => [
  ...new Set(targets.map((target) => target.id)),
];

/** Which things a command fits; decides what a quick pick lists and what an argument is held against. */
export type Fits =
  | 'runningMachine'
  /** The same, and its inventory knows that it is frozen, or that it is not. */
  | 'frozenMachine'
  | 'unfrozenMachine'
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
  /** The same, and what has failed without an image. */
  | 'withUnit'
  | 'writableImage'
  | 'readOnlyImage';

/** Whether it is about what runs, and not about what lies on the disk. */
export const areMachines = (wanted: Fits): boolean =>
  wanted === 'runningMachine' || wanted === 'frozenMachine' || wanted === 'unfrozenMachine';

type Known = Pick<Inventory, 'machines' | 'images' | 'enabled' | 'failed'> & { readonly backends: Backends };

/** What a command needs: the state that a row has to be in, and what its kind has to be able to do. */
export interface Wanted {
  readonly fits: Fits;
  readonly ability?: Ability;
  /** Of those only these, where the inventory alone does not tell. */
  readonly among?: ReadonlySet<string>;
}

/** The machine that runs from an image. One that has the name of the image may run from another. */
export const machineOfImage = (known: Pick<Known, 'machines' | 'images'>, id: string): string | undefined => {
  const image = known.images.get(id);
  if (image === undefined) return undefined;
  const { path } = image;
  const byRoot = [...known.machines.values()]
    .filter(({ rootDirectory }) => rootDirectory === path)
    .map(({ id: one }) => one);
  if (byRoot.length > 0) return machinesOn(known.images, image, byRoot)[0];
  // The root of a disk image is mounted somewhere: its machine is known by the name that systemd-nspawn makes of the image's.
  const namesake = namesakeOf(known, id);
  const root = namesake?.rootDirectory;
  const runsElsewhere = root !== undefined && [...known.images.values()].some((image) => image.path === root);
  return runsElsewhere ? undefined : namesake?.id;
};

/** The machine that uses the files of an image, be it that of another image of the same directory. */
const machineOnFiles = (known: Pick<Known, 'machines' | 'images'>, id: string): string | undefined => {
  const path = known.images.get(id)?.path;
  const others = [...known.machines.values()].filter(({ rootDirectory }) => rootDirectory === path);
  return machineOfImage(known, id) ?? (path === undefined ? undefined : others[0]?.id);
};

/** For what is done only to an image whose files nothing uses. @throws MachineError machineRunning */
export const requireStopped = (known: Pick<Known, 'machines' | 'images'>, id: string): void => {
  const machine = machineOnFiles(known, id);
  if (machine !== undefined) throw new MachineError({ kind: 'machineRunning', name: machine });
};

/** The machine that is meant by a name alone, as from the palette: the one of that name, else the one that runs from that image. */
export const machineMeant = (known: Pick<Known, 'machines' | 'images'>, id: string): string | undefined =>
  known.machines.has(id) ? id : machineOfImage(known, id);

/** The machine that is meant by a row: the row of an image means what runs from that image, and no other. */
export const machineOfTarget = (known: Pick<Known, 'machines' | 'images'>, { kind, id }: Target): string | undefined =>
  kind === 'image' ? machineOfImage(known, id) : machineMeant(known, id);

/** The same for one among those that a command acts on; from the palette there is no row. */
export const machineClicked = (
  known: Pick<Known, 'machines' | 'images'>,
  args: readonly unknown[],
  id: string,
): string | undefined => {
  const target = targetsOf(args)?.find((one) => one.id === id);
  return target === undefined ? machineMeant(known, id) : machineOfTarget(known, target);
};

const isMachine = (known: Pick<Known, 'machines'>, id: string): boolean => {
  const machine = known.machines.get(id);
  return machine !== undefined && machine.className !== 'host';
};

/** The image of the host itself, which machined lists too: nothing may be done to it. */
export const hostImage = '.host';

const isManaged = (image: Image | undefined): image is Image => image?.managed === true && image.name !== hostImage;

export const fits = (known: Known, id: string, wanted: Fits): boolean => {
  const image = known.images.get(id);
  switch (wanted) {
    case 'runningMachine':
      return isMachine(known, id);
    case 'frozenMachine':
      return isMachine(known, id) && known.machines.get(id)?.frozen === true;
    case 'unfrozenMachine':
      return isMachine(known, id) && known.machines.get(id)?.frozen === false;
    case 'image':
      return image !== undefined;
    case 'managedImage':
      return isManaged(image);
    case 'machineImage':
      return isManaged(image) && canBeNamed(known.backends, id);
    case 'enabled':
      return fits(known, id, 'machineImage') && known.enabled.has(id);
    case 'disabled':
      return fits(known, id, 'machineImage') && !known.enabled.has(id);
    case 'startable':
      return fits(known, id, 'machineImage') && fits(known, id, 'stoppedImage');
    case 'renamable':
      return isManaged(image) && machineOnFiles(known, id) === undefined;
    case 'stoppedImage':
      // A machine that runs from another image may have its name, and there is only one of a name.
      return image !== undefined && machineMeant(known, id) === undefined;
    case 'machineOrImage':
      return image !== undefined || isMachine(known, id);
    case 'withUnit':
      return fits(known, id, 'machineOrImage') || known.failed.has(id);
    case 'writableImage':
      return isManaged(image) && !image.readOnly;
    case 'readOnlyImage':
      return isManaged(image) && image.readOnly;
  }
};

/** Whether the kind of a machine or an image can do it. */
const canDo = (known: Known, id: string, ability: Ability | undefined): boolean => {
  const machine = machineMeant(known, id);
  const subject = {
    machine: machine !== undefined && isMachine(known, machine) ? machine : undefined,
    image: known.images.has(id) ? id : undefined,
    failed: known.failed.has(id) ? id : undefined,
  };
  return ability === undefined || isAble(known.backends, subject, ability);
};

export const isWanted = (known: Known, id: string, wanted: Wanted): boolean =>
  fits(known, id, wanted.fits) && canDo(known, id, wanted.ability) && wanted.among?.has(id) !== false;

/** All that fit but the hidden ones, which are reached by their rows, in the order that people expect of names with numbers. */
export const idsThatFit = (known: Known, wanted: Wanted): readonly string[] =>
  [...new Set([...known.machines.keys(), ...known.images.keys(), ...known.failed.keys()])]
    .filter((id) => !nameOf(id).startsWith('.') && isWanted(known, id, wanted))
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true }));
