import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { Image } from '../../image.ts';
import type { InventoryChange } from '../../inventory.ts';
import type { MachinedPaths } from '../machinedPaths.ts';
import { imageNameOfEntry, imageOfEntry, imagesInDirectory } from './imagesInDirectory.ts';
import type { MachinedLink } from './machinedLink.ts';
import { askManagedImage, listManagedImages } from './managedImages.ts';
import { enoughImages, imageChanges, mergeImages, withKnownSize } from './mergeImages.ts';
import { type DirectoryEvent, type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';

export interface ImageWatch {
  readonly images: () => ReadonlyMap<string, Image>;
  /** Whether there are more than are listed. */
  readonly cut: () => boolean;
  readonly start: () => void;
  readonly stop: () => void;
  /** Resolves when all images have been asked for anew. Never rejects. */
  readonly relist: () => Promise<void>;
}

export interface ImageWatchOptions {
  readonly paths: MachinedPaths;
  /** Further directories, read by ourselves. */
  readonly directories: readonly string[];
  readonly link: MachinedLink;
  readonly onChanges: (changes: readonly InventoryChange[]) => void;
}

/** A raw image that is being written to has an event per write; it is looked at once in so many milliseconds. */
const writingMs = 1000;

/** One image costs machined 0.3 ms, all of a thousand 160. */
const worthAList = 100;

const questionsAtOnce = 8;

/** btrfs counts its subvolumes anew after each clone and has no sizes meanwhile: they are asked for again so much later, and so often. */
const sizesAgainMs = 5000;
const sizesAtMost = 12;

/**
 * Keeps the images. machined tells nobody about them, so their directories are watched where this user may read them, and
 * an entry that changed is asked for by name; the whole list only at the start, on `relist`, and after many changes at once.
 */
export const createImageWatch = ({ paths, directories, link, onChanges }: ImageWatchOptions): ImageWatch => {
  /** By name. */
  const managed = new Map<string, Image>();
  /** By path. */
  const extra = new Map<string, Image>();
  /** What is to be looked at next. */
  const pending = { all: false, names: new Set<string>(), entries: new Set<string>() };
  const written = new Map<string, () => void>();
  const sizes: { lacking: boolean; left: number; timer: NodeJS.Timeout | undefined } = {
    lacking: false,
    left: sizesAtMost,
    timer: undefined,
  };
  const state: {
    images: ReadonlyMap<string, Image>;
    cut: boolean;
    watches: readonly DirectoryWatch[];
    working: Promise<void> | undefined;
    timer: NodeJS.Timeout | undefined;
    /** Counts stops: answers to a question from before the last one are dropped. */
    era: number;
  } = { images: new Map(), cut: false, watches: [], working: undefined, timer: undefined, era: 0 };

  /** Keeps the object that is known where nothing differs, so that what hangs on it stays valid. */
  const sameAs = (known: Image | undefined, image: Image): Image => {
    const sized = withKnownSize(known, image);
    if (sized !== image) sizes.lacking = true;
    return known !== undefined && isDeepStrictEqual(known, sized) ? known : sized;
  };
  /** Where sizes were kept that nobody could tell just now, they are asked for again. */
  const askForSizes = (): void => {
    sizes.left = sizes.lacking ? sizes.left - 1 : sizesAtMost;
    const asks = sizes.lacking && sizes.left > 0;
    sizes.lacking = false;
    if (asks)
      sizes.timer ??= setTimeout(() => {
        sizes.timer = undefined;
        void relist();
      }, sizesAgainMs);
  };

  const publish = (): void => {
    const before = state.images;
    const { images, cut } = mergeImages(managed.values(), extra.values());
    state.images = images;
    state.cut = cut;
    const changes = imageChanges(before, state.images);
    if (changes.length > 0) onChanges(changes);
    askForSizes();
  };

  const lookAtAll = async (era: number): Promise<void> => {
    const known = new Map(managed);
    const lists = directories.map((directory) => imagesInDirectory({ directory, managed: false, pool: false }));
    const [first, ...rest] = await Promise.all([listManagedImages(paths, link, known), ...lists]);
    if (era !== state.era) return;
    const others = new Map(extra);
    managed.clear();
    for (const image of first) managed.set(image.name, sameAs(known.get(image.name), image));
    extra.clear();
    for (const image of rest.flatMap((images) => images ?? []))
      extra.set(image.path, sameAs(others.get(image.path), image));
    publish();
  };

  const lookAtSome = async (era: number, names: ReadonlySet<string>, entries: ReadonlySet<string>): Promise<void> => {
    const answers: (() => void)[] = [];
    const keep = (map: Map<string, Image>, key: string, image: Image | undefined): void => {
      answers.push(() => {
        if (image === undefined) map.delete(key);
        else if (map.has(key) || map.size < enoughImages) map.set(key, sameAs(map.get(key), image));
      });
    };
    const limit = pLimit(questionsAtOnce);
    await limit.map(names, async (name) => keep(managed, name, await askManagedImage(paths, link, name)));
    await limit.map(entries, async (path) =>
      keep(extra, path, await imageOfEntry({ directory: dirname(path), managed: false, pool: false }, basename(path))),
    );
    if (era !== state.era) return;
    for (const answer of answers) answer();
    publish();
  };

  /** One question after the other, so that an older answer cannot overwrite a newer one. */
  const work = (): Promise<void> => {
    state.working ??= (async () => {
      while (pending.all || pending.names.size + pending.entries.size > 0) {
        const { era } = state;
        const names = new Set(pending.names);
        const entries = new Set(pending.entries);
        const all = pending.all || names.size + entries.size > worthAList;
        pending.all = false;
        pending.names.clear();
        pending.entries.clear();
        await (all ? lookAtAll(era) : lookAtSome(era, names, entries));
      }
    })().finally(() => (state.working = undefined));
    return state.working;
  };

  const relist = (): Promise<void> => {
    pending.all = true;
    return work();
  };

  const onEvent = (directory: string, event: DirectoryEvent, mark: (entry: string) => void): void => {
    if (event.kind === 'replaced') {
      void relist();
      return;
    }
    for (const [entry, type] of event.entries) {
      if (imageNameOfEntry(entry) === undefined) continue;
      if (type === 'rename') mark(entry);
      else written.set(join(directory, entry), () => mark(entry));
    }
    if (pending.names.size + pending.entries.size > 0) void work();
    if (written.size === 0) return;
    state.timer ??= setTimeout(() => {
      state.timer = undefined;
      for (const look of written.values()) look();
      written.clear();
      void work();
    }, writingMs);
  };

  return {
    images: () => state.images,
    cut: () => state.cut,
    relist,
    start: () => {
      if (state.watches.length > 0) return;
      state.watches = [
        ...paths.images.map((directory) =>
          watchDirectory(directory, (event) =>
            onEvent(directory, event, (entry) => void pending.names.add(imageNameOfEntry(entry) ?? entry)),
          ),
        ),
        ...directories.map((directory) =>
          watchDirectory(directory, (event) =>
            onEvent(directory, event, (entry) => void pending.entries.add(join(directory, entry))),
          ),
        ),
      ];
    },
    stop: () => {
      state.era += 1;
      clearTimeout(state.timer);
      state.timer = undefined;
      clearTimeout(sizes.timer);
      sizes.timer = undefined;
      written.clear();
      pending.all = false;
      pending.names.clear();
      pending.entries.clear();
      for (const watch of state.watches) watch.close();
      state.watches = [];
    },
  };
};
