import { isDeepStrictEqual } from 'node:util';
import type { Image } from '../../image.ts';
import type { InventoryChange } from '../../inventory.ts';

/**
 * Puts machined's images and those of the configured directories into one map. An image that machined knows by the same
 * path is listed once; one whose name is taken by another is listed under its path.
 */
export const mergeImages = (managed: Iterable<Image>, extra: Iterable<Image>): ReadonlyMap<string, Image> => {
  const images = new Map<string, Image>();
  const paths = new Set<string>();
  const add = (image: Image): void => {
    if (paths.has(image.path)) return;
    paths.add(image.path);
    const name = images.has(image.name) ? image.path : image.name;
    images.set(name, name === image.name ? image : { ...image, name });
  };
  for (const image of managed) add(image);
  for (const image of extra) add(image);
  return images;
};

/** What is different now. */
export const imageChanges = (
  before: ReadonlyMap<string, Image>,
  now: ReadonlyMap<string, Image>,
): readonly InventoryChange[] => {
  const changes: InventoryChange[] = [];
  for (const name of before.keys()) if (!now.has(name)) changes.push({ kind: 'imageRemoved', name });
  for (const [name, image] of now) {
    const known = before.get(name);
    if (known === undefined) changes.push({ kind: 'imageAdded', name });
    else if (known !== image && !isDeepStrictEqual(known, image)) changes.push({ kind: 'imageChanged', name });
  }
  return changes;
};
