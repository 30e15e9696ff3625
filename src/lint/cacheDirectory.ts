import { statSync } from 'node:fs';
import { homedir } from 'node:os';

/**
 * Where compiled code is kept between two runs. What lies there is run, so it must be the user's own: not in /tmp, where
 * anybody may have put it before, nor in the home of the one who called sudo. Undefined where the user has no home, or may not
 * see it.
 */
export const cacheDirectory = (): string | undefined => {
  try {
    const set = process.env['XDG_CACHE_HOME'];
    const base = set?.startsWith('/') === true ? set : homedir();
    const owner = statSync(base, { throwIfNoEntry: false })?.uid;
    if (owner === undefined || owner !== process.getuid?.()) return undefined;
    return base === set ? `${base}/nspawn-lint` : `${base}/.cache/nspawn-lint`;
  } catch {
    return undefined;
  }
};
