import type { Image } from '../../machines/image.ts';
import { checkMachineName } from '../../machines/names.ts';
import { findNspawnFile, nspawnNameOf, readNspawnText } from '../../machines/nspawn/nspawnFile.ts';
import type { SettingsInForce } from '../../protocol/settingsInForce.ts';

/** What is asked of the language server: `text` is what stands in the file on the disk. */
export interface FileOnDisk {
  readonly path: string;
  readonly text: string;
  readonly trusted: boolean;
}

export interface FileDecidesUsersOptions {
  /** Of which lines count; rejects where there is no server, and answers undefined where it cannot tell. */
  readonly settingsInForce: (file: FileOnDisk) => Promise<SettingsInForce | undefined>;
  readonly warn: (message: string) => void;
  /** Elsewhere only in tests. */
  readonly directories?: readonly string[];
}

/**
 * Whether the `.nspawn` file of an image decides about users of its own, so that `-U` would go against it. The language server
 * knows which lines count where the file lies. Where nobody can tell, the answer is no, and `-U` stays: a machine that has the
 * host's users by mistake is worse than one that has its own.
 */
export const fileDecidesUsers = async (
  { name, path }: Pick<Image, 'name' | 'path'>,
  { settingsInForce, warn, directories }: FileDecidesUsersOptions,
): Promise<boolean> => {
  // systemd-nspawn leaves out what no machine name may hold, and so looks for a file of another name.
  if (checkMachineName(nspawnNameOf(name)) !== undefined) return false;
  const file = await findNspawnFile(name, path, directories);
  if (file === undefined || file === 'closed') return false;
  const text = await readNspawnText(file.path);
  if (text === undefined) return false;
  try {
    const inForce = await settingsInForce({ path: file.path, text, trusted: file.trusted });
    return inForce?.decidesUsers === true;
  } catch (error) {
    warn(`Nobody can tell what of ${file.path} counts, so the machine gets users of its own: ${String(error)}`);
    return false;
  }
};
