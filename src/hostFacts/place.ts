import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, normalize } from 'node:path/posix';
import type { Place } from '../language/context.ts';
import { isLxcFragment } from '../language/languageOfPath.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';

/** Where root's systemd-nspawn looks first, in this order; the first file of a name is the one that is read. */
const systemDirectories: readonly string[] = ['/etc/systemd/nspawn', '/run/systemd/nspawn'];

/** The first version whose systemd-nspawn looks into the directories of a user. */
const userScopeSince = 259;

/** What `placeOf` asks the host. */
export interface PlaceHost {
  readonly exists: (path: string) => boolean;
  /** Where a user's own systemd-nspawn looks, in this order. */
  readonly userDirectories: readonly string[];
  /** Where images lie: those of systemd, and those that the user has set. */
  readonly imageDirectories: readonly string[];
}

/** `environment` is that of a process; where a variable is no absolute path, the place is that of the XDG specification. */
export const userDirectoriesOf = (
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): readonly string[] => {
  const absolute = (variable: string): readonly string[] =>
    [environment[variable] ?? ''].filter((path) => path.startsWith('/'));
  const [configuration = `${home}/.config`] = absolute('XDG_CONFIG_HOME');
  return [configuration, ...absolute('XDG_RUNTIME_DIR')].map((base) => normalize(`${base}/systemd/nspawn`));
};

export const thisHost: PlaceHost = {
  exists: existsSync,
  get userDirectories() {
    return userDirectoriesOf(process.env, homedir());
  },
  imageDirectories,
};

/** A settings file where images lie belongs to one, even if that is not there yet. */
const isBesideImage = (path: string, name: string, { exists, imageDirectories: all }: PlaceHost): boolean => {
  const directory = dirname(path);
  return all.includes(directory) || exists(`${directory}/${name}`) || exists(`${directory}/${name}.raw`);
};

/**
 * Where a `.nspawn` file lies, as load_settings() of systemd's src/nspawn/nspawn.c goes through the places. The manual page:
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.nspawn.html
 * @param path absolute; of other files it only tells whether they are parts of a configuration of LXC
 * @param systemdVersion from 259 on the directories of a user count too
 */
export const placeOf = (path: string, systemdVersion: number, host: PlaceHost = thisHost): Place => {
  const file = normalize(path);
  if (!file.endsWith('.nspawn'))
    return isLxcFragment(file) ? { trust: 'unknown', isFragment: true } : { trust: 'unknown' };
  const name = basename(file, '.nspawn');
  const fileName = basename(file);
  const firstOf = (directories: readonly string[]): string | undefined =>
    directories.map((directory) => `${directory}/${fileName}`).find((other) => host.exists(other));
  const placed = (trust: Place['trust'], before: readonly string[]): Place => {
    const shadowedBy = firstOf(before);
    return { trust, ...(shadowedBy === undefined ? {} : { shadowedBy }) };
  };

  const directory = dirname(file);
  const isSettingsDirectory = directory.endsWith('/systemd/nspawn');
  const hasUserScope = isSettingsDirectory && systemdVersion >= userScopeSince;
  for (const directories of hasUserScope ? [systemDirectories, host.userDirectories] : [systemDirectories]) {
    const index = directories.indexOf(directory);
    if (index !== -1) return placed('trusted', directories.slice(0, index));
  }
  if (!isBesideImage(file, name, host)) return { trust: 'unknown' };
  return { ...placed('untrusted', systemDirectories), trustedPath: `/etc/systemd/nspawn/${fileName}` };
};

/** Configurations of containers where LXC looks for them. */
const lxcContainer = /^(?:\/var\/lib\/lxc|\/(?:home\/[^/]+|root)\/\.local\/share\/lxc)\/[^/]+\/config$/u;

/** Whether it is that of a container in one of the usual directories, or of those that lxc.conf names. */
const isContainerOf = (path: string, lxcPaths: readonly string[]): boolean =>
  lxcContainer.test(normalize(path)) ||
  (basename(path) === 'config' && lxcPaths.includes(dirname(dirname(normalize(path)))));

/**
 * Whether a settings file is one for this host: it lies where its systemd looks for settings, among its images, or is that of a
 * container of LXC. What such a file names of a host is asked of this one; a file in a repository may be for any.
 */
export const isForThisHost = (
  path: string,
  { trust }: Place,
  images: readonly string[] = imageDirectories,
  lxcPaths: readonly string[] = [],
): boolean =>
  trust === 'trusted' ||
  (trust === 'untrusted' && images.includes(dirname(normalize(path)))) ||
  isContainerOf(path, lxcPaths);

/** Where configurations of LXC lie beside those of containers. */
const lxcDirectories = /^(?:\/etc\/lxc|\/usr\/share\/lxc\/config|\/(?:home\/[^/]+|root)\/\.config\/lxc)\//u;

/** Whether what a configuration of LXC includes is a file of this host, as that of a container or one that such a file includes. */
export const followsIncludes = (path: string, lxcPaths: readonly string[] = []): boolean =>
  isContainerOf(path, lxcPaths) || lxcDirectories.test(normalize(path));

/** The machine that a settings file is named for; undefined for a file of another name. */
export const machineOfPath = (path: string): string | undefined => /([^/]+)\.nspawn$/u.exec(path)?.[1];
