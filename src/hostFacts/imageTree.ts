import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path/posix';
import { filePathOf } from './fileUri.ts';

/**
 * The directory that holds the tree of the image that a settings file belongs to: beside the file, or where images lie.
 * @throws Error where there is none; what is in an image file cannot be looked at
 */
export const imageTreeOf = async (uri: string, imageDirectories: readonly string[]): Promise<string> => {
  const path = filePathOf(uri);
  if (path?.endsWith('.nspawn') !== true) throw new Error('not the settings of an image');
  const name = basename(path, '.nspawn');
  for (const directory of [dirname(path), ...imageDirectories]) {
    const tree = join(directory, name);
    const found = await stat(tree).catch(() => undefined);
    if (found?.isDirectory() === true) return tree;
  }
  throw new Error('no tree of that name');
};
