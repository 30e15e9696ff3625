import { dirname } from 'node:path';
import type { Image } from '../../image.ts';
import type { MachinedPaths } from '../machinedPaths.ts';
import { askImageByBus, listImagesByBus } from './imagesByBus.ts';
import { askImageByVarlink, listImagesByVarlink } from './imagesByVarlink.ts';
import { imageOfEntry, imagesInDirectory } from './imagesInDirectory.ts';
import type { MachinedLink } from './machinedLink.ts';

/** Whether there is a machined to ask: on the bus, on its socket, or not at all. */
const ways = (link: MachinedLink): { varlink: boolean; bus: boolean; managed: boolean } => {
  switch (link.availability().kind) {
    case 'ready':
      return { varlink: true, bus: true, managed: true };
    case 'busDown':
    case 'machinedDown':
    case 'noPermission':
      return { varlink: true, bus: false, managed: true };
    case 'notInstalled':
    case 'notBooted':
    case 'unsupportedPlatform':
      return { varlink: false, bus: false, managed: false };
  }
};

/** A tree on disk does not tell its usage and limit, which machined has told before. */
const better = (known: Image | undefined, found: Image): Image =>
  known?.path === found.path && known.type === found.type && found.usage === undefined ? known : found;

/**
 * The images of machined's search path by the first way that answers: varlink, because one call tells everything and it
 * does not count connections; D-Bus, the only one of 252; the directories themselves, where this user may read them.
 */
export const listManagedImages = async (
  paths: MachinedPaths,
  link: MachinedLink,
  known: ReadonlyMap<string, Image>,
): Promise<readonly Image[]> => {
  const { varlink, bus, managed } = ways(link);
  if (varlink) {
    try {
      return await listImagesByVarlink(paths.imageVarlink);
    } catch {
      // No such socket before 257, and none while a machined of 257 does not run.
    }
  }
  if (bus) {
    try {
      return await listImagesByBus(link.call, known);
    } catch {
      // It was there a moment ago; its going away has an event of its own.
    }
  }
  const images = new Map<string, Image>();
  const host = managed ? known.get('.host') : undefined;
  if (host !== undefined) images.set(host.name, host);
  for (const directory of paths.images) {
    // Where we may not look, what machined has told last still holds as far as anybody knows.
    const there =
      (await imagesInDirectory({ directory, managed, pool: true })) ??
      [...known.values()].filter((image) => dirname(image.path) === directory);
    for (const image of there) {
      if (!images.has(image.name)) images.set(image.name, managed ? better(known.get(image.name), image) : image);
    }
  }
  return [...images.values()];
};

/** One image of machined's search path, by the same ways; undefined where there is none of that name. */
export const askManagedImage = async (
  paths: MachinedPaths,
  link: MachinedLink,
  name: string,
): Promise<Image | undefined> => {
  const { varlink, bus, managed } = ways(link);
  if (varlink) {
    try {
      return await askImageByVarlink(paths.imageVarlink, name);
    } catch {
      // As above.
    }
  }
  if (bus) {
    try {
      return await askImageByBus(link.call, name);
    } catch {
      // As above.
    }
  }
  for (const directory of paths.images) {
    for (const entry of [name, `${name}.raw`]) {
      const image = await imageOfEntry({ directory, managed, pool: true }, entry);
      if (image?.name === name) return image;
    }
  }
  return undefined;
};
