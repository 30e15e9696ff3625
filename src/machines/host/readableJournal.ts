import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where journald keeps its files, for good or until the next boot; in both, one directory for each machine ID. */
export const journalDirectories: readonly string[] = ['/var/log/journal', '/run/log/journal'];

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

/**
 * Whether this user may read the journal of the system, by group, access list or as root: where not, journalctl follows
 * nothing for ever and exits 0.
 * @param directories elsewhere only in tests
 */
export const mayReadSystemJournal = async (directories = journalDirectories): Promise<boolean> => {
  for (const directory of directories) {
    const ids = await readdir(directory).catch(() => []);
    const readable = await Promise.all(ids.map((id) => isReadable(join(directory, id, 'system.journal'))));
    if (readable.includes(true)) return true;
  }
  return false;
};
