import { isDeepStrictEqual } from 'node:util';
import type { Image } from '../../image.ts';
import type { InventoryChange } from '../../inventory.ts';

/**
 * More than anybody looks through, and few enough to be listed in seconds. Whoever lists images stops behind one more: that one
 * tells that there are others.
 */
export const mostImages = 10_000;

export const enoughImages = mostImages + 1;

/** With the size that it had when somebody knew it last. */
export const withKnownSize = (known: Image | undefined, image: Image): Image =>
  image.usage === undefined &&
  known?.usage !== undefined &&
  known.path === image.path &&
  known.created === image.created
    ? { ...image, usage: known.usage, limit: image.limit ?? known.limit }
    : image;

export interface MergedImages {
  readonly images: ReadonlyMap<string, Image>;
  /** Whether others were left out. */
  readonly cut: boolean;
}

/**
 * Puts machined's images and those of the configured directories into one map. An image that machined knows by the same
 * path is listed once; one whose name is taken by another is listed under its path.
 */
export const mergeImages = (managed: Iterable<Image>, extra: Iterable<Image>): MergedImages => {
  const images = new Map<string, Image>();
  const paths = new Set<string>();
  const state = { cut: false };
  const add = (image: Image): void => {
    if (paths.has(image.path)) return;
    if (images.size >= mostImages) {
      state.cut = true;
      return;
    }
    paths.add(image.path);
    const name = images.has(image.name) ? image.path : image.name;
    images.set(name, name === image.name ? image : { ...image, id: name, name });
  };
  for (const image of managed) add(image);
  for (const image of extra) add(image);
  return { images, cut: state.cut };
};

/** What is different now. */
export const imageChanges = (
  before: ReadonlyMap<string, Image>,
  now: ReadonlyMap<string, Image>,
): readonly InventoryChange[] => {
  const changes: InventoryChange[] = [];
  for (const name of before.keys()) if (!now.has(name)) changes.push({ kind: 'imageRemoved', id: name });
  for (const [name, image] of now) {
    const known = before.get(name);
    if (known === undefined) changes.push({ kind: 'imageAdded', id: name });
    else if (known !== image && !isDeepStrictEqual(known, image)) changes.push({ kind: 'imageChanged', id: name });
  }
  return changes;
};
