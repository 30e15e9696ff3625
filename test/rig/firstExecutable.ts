import { access, constants } from 'node:fs/promises';

/** The first of the paths that this user may execute. */
export const firstExecutable = async (paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
};
