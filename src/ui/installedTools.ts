import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const isExecutable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Those of the tools that are in PATH, found by looking: nothing is run. */
export const installedTools = async (
  names: readonly string[],
  path: string | undefined = process.env['PATH'],
): Promise<ReadonlySet<string>> => {
  const directories = (path ?? '').split(delimiter).filter((directory) => directory !== '');
  const found = await Promise.all(
    names.map(async (name) => {
      const places = await Promise.all(directories.map((directory) => isExecutable(join(directory, name))));
      return places.includes(true) ? [name] : [];
    }),
  );
  return new Set(found.flat());
};
