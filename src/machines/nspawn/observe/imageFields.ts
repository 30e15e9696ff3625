import type { ImageType } from '../../image.ts';
import { checkImageName } from '../../names.ts';

const types: readonly ImageType[] = ['directory', 'subvolume', 'raw', 'block'];

export const imageTypeOf = (word: unknown): ImageType => types.find((type) => type === word) ?? 'unknown';

/** `.host` is the running host itself. */
export const isImageName = (name: unknown): name is string =>
  typeof name === 'string' && (name === '.host' || checkImageName(name) === undefined);

/** machined's word for "nobody counts": all bits set. */
const unknownSize = 0xffff_ffff_ffff_ffffn;

/** A size in bytes, as D-Bus (bigint) or varlink (number) gives it. */
export const bytesOf = (value: unknown): number | undefined =>
  (typeof value === 'bigint' && value !== unknownSize) || typeof value === 'number' ? Number(value) : undefined;

/** Milliseconds since the epoch from machined's microseconds, where 0 says that it does not know. */
export const millisecondsOf = (value: unknown): number | undefined => {
  const microseconds = bytesOf(value) ?? 0;
  return microseconds === 0 ? undefined : Math.floor(microseconds / 1000);
};
