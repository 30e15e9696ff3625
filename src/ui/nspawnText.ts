import { type Backends, backendOf } from '../machines/backend.ts';
import { readRef } from '../machines/reference.ts';

/** What the language server is asked about: `text` is what stands in the file on the disk. */
export interface FileOnDisk {
  readonly path: string;
  readonly text: string;
  readonly trusted: boolean;
}

/** The `.nspawn` file in effect for an image; undefined where there is none, or nobody can tell. */
export const nspawnText = async (
  backends: Backends,
  name: string,
  imagePath: string | undefined,
): Promise<FileOnDisk | undefined> => {
  const { configFiles, nspawnFiles, checkName } = backendOf(backends, name) ?? {};
  if (configFiles === undefined || nspawnFiles === undefined) return undefined;
  const ref = readRef(name);
  // systemd-nspawn leaves out what no machine name may hold, and so looks for a file of another name.
  if (checkName?.(nspawnFiles.nameOf(ref.name)) !== undefined) return undefined;
  const file = await configFiles.find(ref, imagePath);
  if (file === undefined || file === 'closed') return undefined;
  const text = await configFiles.readText(file.path);
  return text === undefined ? undefined : { path: file.path, text, trusted: file.trusted };
};
