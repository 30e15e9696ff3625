import type { Stats } from 'node:fs';
import { access, constants, lstat, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Image, ImageType } from '../../image.ts';
import { isImageName } from './imageFields.ts';
import { enoughImages } from './mergeImages.ts';
import { codeOf } from '../../errors.ts';

const lookupsAtOnce = 16;
const btrfsMagic = 0x9123683e;
const subvolumeInode = 256;

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
};

const looksLikeSystem = async (path: string): Promise<boolean> =>
  (await exists(join(path, 'usr'))) || ((await exists(join(path, 'bin'))) && (await exists(join(path, 'etc'))));

/**
 * Whether a link may be followed. With privileges only one that stays inside, or that stands where only root can have put
 * it (as in /etc/machines): elsewhere anybody could have us look at what is not theirs.
 */
const mayFollow = async (path: string): Promise<boolean> => {
  if (process.geteuid?.() !== 0) return true;
  const directory = dirname(path);
  const owner = await stat(directory);
  if (owner.uid === 0 && (owner.mode & 0o022) === 0) return true;
  return (await realpath(path)).startsWith(`${await realpath(directory)}${sep}`);
};

const isReadOnly = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.W_OK);
    return false;
  } catch (error) {
    return codeOf(error) === 'EROFS';
  }
};

const treeType = async (path: string, stats: Stats): Promise<ImageType> =>
  stats.ino === subvolumeInode && (await statfs(path)).type === btrfsMagic ? 'subvolume' : 'directory';

export interface DirectorySource {
  readonly directory: string;
  /** machined runs, or will, and knows what lies here. */
  readonly managed: boolean;
  /** On machined's search path every directory is an image; elsewhere it must look like an operating system. */
  readonly pool: boolean;
}

const describe = async (source: DirectorySource, entry: string): Promise<Image | undefined> => {
  const path = join(source.directory, entry);
  const isLink = (await lstat(path)).isSymbolicLink();
  if (isLink && !(await mayFollow(path))) return undefined;
  const stats = await stat(path);
  const { managed } = source;
  const times = { created: stats.birthtimeMs > 0 ? Math.floor(stats.birthtimeMs) : undefined, managed, path };
  if (stats.isDirectory()) {
    if (!source.pool && !(await looksLikeSystem(path))) return undefined;
    const type = await treeType(path, stats);
    const readOnly = await isReadOnly(path);
    return {
      ...times,
      id: entry,
      name: entry,
      type,
      readOnly,
      usage: undefined,
      limit: undefined,
      modified: undefined,
    };
  }
  const modified = Math.floor(stats.mtimeMs);
  const readOnly = (stats.mode & 0o222) === 0;
  if (stats.isFile() && entry.endsWith('.raw')) {
    const name = entry.slice(0, -'.raw'.length);
    return { ...times, id: name, name, type: 'raw', readOnly, usage: stats.blocks * 512, limit: stats.size, modified };
  }
  if (!stats.isBlockDevice()) return undefined;
  return { ...times, id: entry, name: entry, type: 'block', readOnly, usage: undefined, limit: undefined, modified };
};

/** Names that the directory entry of an image can have: `x` is an entry `x` or `x.raw`. */
export const imageNameOfEntry = (entry: string): string | undefined => {
  const name = entry.endsWith('.raw') ? entry.slice(0, -'.raw'.length) : entry;
  return isImageName(name) && !name.startsWith('#') ? name : undefined;
};

/**
 * Reads one entry as systemd's image_make does (src/shared/discover-image.c).
 * @returns undefined for what is no image, is gone, or cannot be seen by this user
 */
export const imageOfEntry = async (source: DirectorySource, entry: string): Promise<Image | undefined> => {
  try {
    const image = imageNameOfEntry(entry) === undefined ? undefined : await describe(source, entry);
    return image !== undefined && isImageName(image.name) ? image : undefined;
  } catch {
    return undefined;
  }
};

const entriesOf = async (directory: string): Promise<readonly string[] | undefined> => {
  try {
    return await readdir(directory);
  } catch (error) {
    const code = codeOf(error);
    return code === 'EACCES' || code === 'EPERM' ? undefined : [];
  }
};

/** The images of a directory, as many as are enough; undefined where this user may not look. */
export const imagesInDirectory = async (source: DirectorySource): Promise<readonly Image[] | undefined> => {
  const entries = await entriesOf(source.directory);
  if (entries === undefined) return undefined;
  const images: Image[] = [];
  // A directory may hold a million entries: a queue of all of them would take a gigabyte, and most of the time.
  const waiting = entries.toSorted().values();
  const look = async (): Promise<void> => {
    for (const entry of waiting) {
      if (images.length >= enoughImages) return;
      const image = await imageOfEntry(source, entry);
      if (image !== undefined) images.push(image);
    }
  };
  await Promise.all(Array.from({ length: lookupsAtOnce }, look));
  return images;
};
