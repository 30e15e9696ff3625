import type { Backends } from '../../machines/backend.ts';
import type { Image } from '../../machines/image.ts';
import { type FileOnDisk, nspawnText } from '../nspawnText.ts';
import type { SettingsInForce } from '../../protocol/settingsInForce.ts';

export interface FileDecidesUsersOptions {
  /** Of which lines count; rejects where there is no server, and answers undefined where it cannot tell. */
  readonly settingsInForce: (file: FileOnDisk) => Promise<SettingsInForce | undefined>;
  readonly warn: (message: string) => void;
}

/**
 * Whether the `.nspawn` file of an image decides about users of its own, so that `-U` would go against it. The language server
 * knows which lines count where the file lies. Where nobody can tell, the answer is no, and `-U` stays: a machine that has the
 * host's users by mistake is worse than one that has its own.
 */
export const fileDecidesUsers = async (
  backends: Backends,
  { name, path }: Pick<Image, 'name' | 'path'>,
  { settingsInForce, warn }: FileDecidesUsersOptions,
): Promise<boolean> => {
  const file = await nspawnText(backends, name, path);
  if (file === undefined) return false;
  try {
    const inForce = await settingsInForce(file);
    return inForce?.decidesUsers === true;
  } catch (error) {
    warn(`Nobody can tell what of ${file.path} counts, so the machine gets users of its own: ${String(error)}`);
    return false;
  }
};
