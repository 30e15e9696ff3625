import type { Image } from '../../machines/image.ts';
import type { Inventory } from '../../machines/inventory.ts';
import type { Machine } from '../../machines/machine.ts';
import { machineIdOfImage, nameOf } from '../../machines/reference.ts';

/**
 * Which machine runs from which image: by its root directory where that is an image's, else by the name. Several images may have one directory,
 * as containers that are overlays upon one tree do: a machine that has an image of its own there runs from that one.
 */
export interface RunningImages {
  /** The machine that runs from an image; when several share it that of its name, else the first by name. */
  machineOf(image: Image): string | undefined;
  /** Takes in that a machine came, changed or went; returns the images that this can be seen on. */
  machineTouched(id: string): readonly string[];
  /** Takes in that an image came, changed or went; returns the images that this can be seen on, itself first. */
  imageTouched(id: string): readonly string[];
  /** The images that a unit of this machine can be about: that of the path that it names, else those that run under its name. */
  imagesMeant(machine: string, path: string | undefined): readonly string[];
  rebuild(): void;
}

export interface RunningImagesSource {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly images: () => ReadonlyMap<string, Image>;
}

/** Ids by a key, where several may share one. */
const add = (sets: Map<string, Set<string>>, key: string, id: string): void => {
  sets.set(key, (sets.get(key) ?? new Set()).add(id));
};
const take = (sets: Map<string, Set<string>>, key: string, id: string): void => {
  const set = sets.get(key);
  set?.delete(id);
  if (set?.size === 0) sets.delete(key);
};

/** The machine of the name that an image has or would be given. The image of exactly that name comes first. */
export const namesakeOf = (known: Pick<Inventory, 'machines' | 'images'>, imageId: string): Machine | undefined => {
  const exact = known.machines.get(imageId);
  if (exact !== undefined || nameOf(imageId).startsWith('.')) return exact;
  const runsAs = machineIdOfImage(imageId);
  return known.images.has(runsAs) ? undefined : known.machines.get(runsAs);
};

/** Those of the machines of a directory that may be seen on an image of it: its own, else those that have no image of their own there. */
export const machinesOn = (
  images: ReadonlyMap<string, Image>,
  image: Image,
  there: readonly string[],
): readonly string[] =>
  there.includes(image.id) ? [image.id] : there.filter((id) => images.get(id)?.path !== image.path);

export const createRunningImages = (source: RunningImagesSource): RunningImages => {
  const imagesAt = new Map<string, Set<string>>();
  const pathOf = new Map<string, string>();
  const rootOf = new Map<string, string>();
  const machinesAt = new Map<string, Set<string>>();
  const imagesRunAs = new Map<string, Set<string>>();

  const namedLike = (machine: string): readonly string[] => [machine, ...(imagesRunAs.get(machine) ?? [])];

  const imageTouched = (id: string): readonly string[] => {
    const old = pathOf.get(id);
    if (old !== undefined) take(imagesAt, old, id);
    const path = source.images().get(id)?.path;
    if (path === undefined) {
      pathOf.delete(id);
      take(imagesRunAs, machineIdOfImage(id), id);
    } else {
      pathOf.set(id, path);
      add(imagesAt, path, id);
      if (!nameOf(id).startsWith('.')) add(imagesRunAs, machineIdOfImage(id), id);
    }
    // A machine that was taken for that of its namesake may be known by its root directory now, and the other way round.
    const machines = [old, path].flatMap((root) => (root === undefined ? [] : [...(machinesAt.get(root) ?? [])]));
    const beside = [old, path].flatMap((root) => (root === undefined ? [] : [...(imagesAt.get(root) ?? [])]));
    const others = [...machines.flatMap(namedLike), ...(machines.length === 0 ? [] : beside)].filter((image) =>
      source.images().has(image),
    );
    return [...new Set([id, ...others])];
  };

  const machineTouched = (id: string): readonly string[] => {
    const old = rootOf.get(id);
    const root = source.machines().get(id)?.rootDirectory;
    if (old !== root && old !== undefined) take(machinesAt, old, id);
    if (root === undefined) rootOf.delete(id);
    else {
      rootOf.set(id, root);
      add(machinesAt, root, id);
    }
    const byRoot = [old, root].flatMap((path) => (path === undefined ? [] : [...(imagesAt.get(path) ?? [])]));
    return [...new Set([...namedLike(id), ...byRoot])].filter((image) => source.images().has(image));
  };

  return {
    machineOf: (image) => {
      const byRoot = machinesAt.get(image.path);
      if (byRoot !== undefined) return [...machinesOn(source.images(), image, [...byRoot])].sort()[0];
      const namesake = namesakeOf({ machines: source.machines(), images: source.images() }, image.id);
      if (namesake === undefined) return undefined;
      // A disk image is mounted somewhere, so its machine's root is no image's path; one that is belongs to that image.
      const runsElsewhere = namesake.rootDirectory !== undefined && imagesAt.has(namesake.rootDirectory);
      return runsElsewhere ? undefined : namesake.id;
    },
    machineTouched,
    imageTouched,
    imagesMeant: (machine, path) => {
      const named = path === undefined ? undefined : imagesAt.get(path);
      return named === undefined ? namedLike(machine) : [...named];
    },
    rebuild: () => {
      for (const map of [imagesAt, pathOf, rootOf, machinesAt, imagesRunAs]) map.clear();
      for (const id of source.images().keys()) imageTouched(id);
      for (const id of source.machines().keys()) machineTouched(id);
    },
  };
};
