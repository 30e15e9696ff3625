import * as l10n from '@vscode/l10n';
import type { Finding, RuleInfo } from '../../finding.ts';
import { found } from '../../found.ts';
import { shown } from '../../shown.ts';
import type { FileSettings } from '../fileSettings.ts';
import { plainPath } from '../values/neededPaths.ts';
import { mountDestinations } from './mounts.ts';

const notThereYet: RuleInfo = {
  id: 'inaccessible-not-there-yet',
  severity: 'error',
  effect: 'start-refused',
  title: l10n.t('In /run and /dev only what systemd-nspawn makes at each start can be made inaccessible'),
};

export const notThereYetRules: readonly RuleInfo[] = [notThereYet];

/**
 * What is in /run and /dev when the lines of [Files] are mounted, by real starts of 252, 257 and 262. Later come the sockets of
 * /run/host, /dev/mqueue, /dev/fd and the like, and what the machine's own init makes.
 */
const there: ReadonlySet<string> = new Set([
  ...['/dev/console', '/dev/full', '/dev/net', '/dev/net/tun', '/dev/null', '/dev/ptmx', '/dev/pts', '/dev/pts/ptmx'],
  ...['/dev/random', '/dev/shm', '/dev/tty', '/dev/urandom', '/dev/zero'],
]);

/** A device that came between 252 and 257. */
const isFuse = (path: string, systemdVersion: number): boolean => path === '/dev/fuse' && systemdVersion > 252;

/** What is below /run/host differs between versions. */
const isMadeAnew = (path: string): boolean => /^\/(?:run|dev)\/(?!host(?:\/|$))/u.test(path);

const liesIn = (path: string, directory: string): boolean => path === directory || path.startsWith(`${directory}/`);

/** `Inaccessible=` of a path in /run or /dev that nothing has made when it is looked for. */
export const notThereYetFindings = (settings: FileSettings, systemdVersion: number): readonly Finding[] => {
  const candidates = settings.all('Inaccessible').flatMap((entry) => {
    const path = plainPath(entry.value);
    const stops = path !== undefined && isMadeAnew(path) && !there.has(path) && !isFuse(path, systemdVersion);
    return stops ? [{ entry, path }] : [];
  });
  if (candidates.length === 0) return [];
  const destinations = mountDestinations(settings).map(plainPath);
  // Only the image tells where a path with .. leads.
  if (destinations.includes(undefined)) return [];
  return candidates
    .filter(({ path }) => !destinations.some((one) => one !== undefined && one !== '/' && liesIn(path, one)))
    .map(({ entry, path }) =>
      found(
        notThereYet,
        entry,
        entry.line,
        l10n.t`The machine does not start: systemd-nspawn makes /run and /dev anew at each start, and ${shown(path)} is not there yet when it would be made inaccessible. Remove the line, or add TemporaryFileSystem=${path}, which makes it first.`,
      ),
    );
};
