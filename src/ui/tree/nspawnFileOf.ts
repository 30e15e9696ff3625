import { findNspawnFile, readNspawnSummary } from '../../machines/nspawn/nspawnFile.ts';
import type { NspawnFileSummary } from './details.ts';

/** The `.nspawn` file in effect for a machine or image. */
export const nspawnFileOf = async (
  name: string,
  imagePath: string | undefined,
): Promise<NspawnFileSummary | undefined> => {
  const file = await findNspawnFile(name, imagePath);
  if (file === undefined || file === 'closed') return undefined;
  return { path: file.path, trusted: file.trusted, summary: await readNspawnSummary(file.path) };
};
