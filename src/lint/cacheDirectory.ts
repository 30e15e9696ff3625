import { statSync, type Stats } from 'node:fs';
import { dirname, normalize } from 'node:path';

/** What is there of a path: itself, or the directory in which the first missing part of it would be made. */
const nearest = (path: string): { readonly stats: Stats; readonly isItself: boolean } => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? { ...nearest(dirname(path)), isItself: false } : { stats, isItself: true };
};

/**
 * Whether the user has that directory, or may have it made: where the directory above is the user's own, too, and nobody else can
 * put something there first. So root, called by sudo, makes nothing in the home of another.
 */
const isOrCanBeOurs = (path: string): boolean => {
  const { stats, isItself } = nearest(path);
  return stats.isDirectory() && stats.uid === process.getuid?.() && (isItself || (stats.mode & 0o022) === 0);
};

const absolute = (path: string | undefined): string | undefined =>
  path?.startsWith('/') === true ? normalize(path) : undefined;

/**
 * Where compiled code is kept between two runs. What lies there is run, so it must be the user's own: not in /tmp, where
 * anybody may have put it before, nor in the home of the one who called sudo. Undefined where the environment names no home, or the user may not
 * see it. A missing directory that XDG_CACHE_HOME names is made, as its text demands; a missing home is not.
 */
export const cacheDirectory = (): string | undefined => {
  try {
    const set = absolute(process.env['XDG_CACHE_HOME']);
    if (set !== undefined) return isOrCanBeOurs(set) ? `${set}/nspawn-lint` : undefined;
    // Asked of the environment, as the C library does first: node:os takes a while to load.
    const home = absolute(process.env['HOME']);
    return home !== undefined && statSync(home).uid === process.getuid?.() ? `${home}/.cache/nspawn-lint` : undefined;
  } catch {
    return undefined;
  }
};
