import type { Image } from '../../machines/image.ts';
import type { Machine } from '../../machines/machine.ts';

/** Which machine runs from which image: by its root directory where that is an image's, else by the name. */
export interface RunningImages {
  /** The machine that runs from an image; one of them when several share it. */
  machineOf(image: Image): string | undefined;
  /** Takes in that a machine came, changed or went; returns the names of the images that this can be seen on. */
  machineTouched(name: string): readonly string[];
  /** Takes in that an image came, changed or went. */
  imageTouched(name: string): void;
  rebuild(): void;
}

export interface RunningImagesSource {
  readonly machines: () => ReadonlyMap<string, Machine>;
  readonly images: () => ReadonlyMap<string, Image>;
}

export const createRunningImages = (source: RunningImagesSource): RunningImages => {
  const imageAt = new Map<string, string>();
  const pathOf = new Map<string, string>();
  const rootOf = new Map<string, string>();
  const machinesAt = new Map<string, Set<string>>();

  const imageTouched = (name: string): void => {
    const old = pathOf.get(name);
    if (old !== undefined && imageAt.get(old) === name) imageAt.delete(old);
    const path = source.images().get(name)?.path;
    if (path === undefined) {
      pathOf.delete(name);
      return;
    }
    pathOf.set(name, path);
    imageAt.set(path, name);
  };

  const machineTouched = (name: string): readonly string[] => {
    const old = rootOf.get(name);
    const root = source.machines().get(name)?.rootDirectory;
    if (old !== root && old !== undefined) {
      const sharing = machinesAt.get(old);
      sharing?.delete(name);
      if (sharing?.size === 0) machinesAt.delete(old);
    }
    if (root === undefined) rootOf.delete(name);
    else {
      rootOf.set(name, root);
      machinesAt.set(root, (machinesAt.get(root) ?? new Set()).add(name));
    }
    const byRoot = [old, root].flatMap((path) => (path === undefined ? [] : (imageAt.get(path) ?? [])));
    return [...new Set([name, ...byRoot])].filter((image) => source.images().has(image));
  };

  return {
    machineOf: (image) => {
      const byRoot = machinesAt.get(image.path);
      if (byRoot !== undefined) return byRoot.has(image.name) ? image.name : byRoot.values().next().value;
      const namesake = source.machines().get(image.name);
      if (namesake === undefined) return undefined;
      // A disk image is mounted somewhere, so its machine's root is no image's path; one that is belongs to that image.
      const runsElsewhere = namesake.rootDirectory !== undefined && imageAt.has(namesake.rootDirectory);
      return runsElsewhere ? undefined : namesake.name;
    },
    machineTouched,
    imageTouched,
    rebuild: () => {
      for (const map of [imageAt, pathOf, rootOf, machinesAt]) map.clear();
      for (const name of source.images().keys()) imageTouched(name);
      for (const name of source.machines().keys()) machineTouched(name);
    },
  };
};
