import { basename } from 'node:path';
import type { Image } from '../../machines/image.ts';
import type { Inventory } from '../../machines/inventory.ts';
import type { Machine } from '../../machines/machine.ts';
import { machineNameOfImage } from '../../machines/names.ts';

/** Which machine runs from which image: by its root directory where that is an image's, else by the name. */
export interface RunningImages {
  /** The machine that runs from an image; when several share it that of its name, else the first by name. */
  machineOf(image: Image): string | undefined;
  /** Takes in that a machine came, changed or went; returns the names of the images that this can be seen on. */
  machineTouched(name: string): readonly string[];
  /** Takes in that an image came, changed or went; returns the names of the images that this can be seen on, itself first. */
  imageTouched(name: string): readonly string[];
  /** The images that a unit of this machine can be about: that of the path that it names, else those that run under its name. */
  imagesMeant(machine: string, path: string | undefined): readonly string[];
  rebuild(): void;
}

export interface RunningImagesSource {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly images: () => ReadonlyMap<string, Image>;
}

/** Names by a key, where several may share one. */
const add = (sets: Map<string, Set<string>>, key: string, name: string): void => {
  sets.set(key, (sets.get(key) ?? new Set()).add(name));
};
const take = (sets: Map<string, Set<string>>, key: string, name: string): void => {
  const set = sets.get(key);
  set?.delete(name);
  if (set?.size === 0) sets.delete(key);
};

/** As what systemd-nspawn would run an image whose name no machine can have; an image that is known by its path runs by its file name. */
const machineNameOf = (imageName: string): string => machineNameOfImage(basename(imageName));

/** The machine of the name that an image has or would be given. The image of exactly that name comes first. */
export const namesakeOf = (known: Pick<Inventory, 'machines' | 'images'>, imageName: string): Machine | undefined => {
  const exact = known.machines.get(imageName);
  if (exact !== undefined || imageName.startsWith('.')) return exact;
  const runsAs = machineNameOf(imageName);
  return known.images.has(runsAs) ? undefined : known.machines.get(runsAs);
};

export const createRunningImages = (source: RunningImagesSource): RunningImages => {
  const imageAt = new Map<string, string>();
  const pathOf = new Map<string, string>();
  const rootOf = new Map<string, string>();
  const machinesAt = new Map<string, Set<string>>();
  const imagesRunAs = new Map<string, Set<string>>();

  const namedLike = (machine: string): readonly string[] => [machine, ...(imagesRunAs.get(machine) ?? [])];

  const imageTouched = (name: string): readonly string[] => {
    const old = pathOf.get(name);
    if (old !== undefined && imageAt.get(old) === name) imageAt.delete(old);
    const path = source.images().get(name)?.path;
    if (path === undefined) {
      pathOf.delete(name);
      take(imagesRunAs, machineNameOf(name), name);
    } else {
      pathOf.set(name, path);
      imageAt.set(path, name);
      if (!name.startsWith('.')) add(imagesRunAs, machineNameOf(name), name);
    }
    // A machine that was taken for that of its namesake may be known by its root directory now, and the other way round.
    const machines = [old, path].flatMap((root) => (root === undefined ? [] : [...(machinesAt.get(root) ?? [])]));
    const others = machines.flatMap(namedLike).filter((image) => source.images().has(image));
    return [...new Set([name, ...others])];
  };

  const machineTouched = (name: string): readonly string[] => {
    const old = rootOf.get(name);
    const root = source.machines().get(name)?.rootDirectory;
    if (old !== root && old !== undefined) take(machinesAt, old, name);
    if (root === undefined) rootOf.delete(name);
    else {
      rootOf.set(name, root);
      add(machinesAt, root, name);
    }
    const byRoot = [old, root].flatMap((path) => (path === undefined ? [] : (imageAt.get(path) ?? [])));
    return [...new Set([...namedLike(name), ...byRoot])].filter((image) => source.images().has(image));
  };

  return {
    machineOf: (image) => {
      const byRoot = machinesAt.get(image.path);
      if (byRoot !== undefined) return byRoot.has(image.name) ? image.name : [...byRoot].sort()[0];
      const namesake = namesakeOf({ machines: source.machines(), images: source.images() }, image.name);
      if (namesake === undefined) return undefined;
      // A disk image is mounted somewhere, so its machine's root is no image's path; one that is belongs to that image.
      const runsElsewhere = namesake.rootDirectory !== undefined && imageAt.has(namesake.rootDirectory);
      return runsElsewhere ? undefined : namesake.name;
    },
    machineTouched,
    imageTouched,
    imagesMeant: (machine, path) => {
      const named = path === undefined ? undefined : imageAt.get(path);
      return named === undefined ? namedLike(machine) : [named];
    },
    rebuild: () => {
      for (const map of [imageAt, pathOf, rootOf, machinesAt, imagesRunAs]) map.clear();
      for (const name of source.images().keys()) imageTouched(name);
      for (const name of source.machines().keys()) machineTouched(name);
    },
  };
};
