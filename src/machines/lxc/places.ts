import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Hierarchy } from '../cgroups/controlGroup.ts';
import { readHierarchies } from '../cgroups/hierarchies.ts';
import { codeOf } from '../errors.ts';
import { type Files, filesOfUser, plainFiles } from '../host/files.ts';
import { accountsIn } from '../../hostFiles/accountFiles.ts';
import { type MachineRef, writeRef } from '../reference.ts';
import type { HostUser } from '../unprivilegedSetup.ts';

/** Where the kernel and LXC keep what is asked; other places only in tests. */
export interface LxcPlaces {
  readonly proc: string;
  readonly hierarchies: () => readonly Hierarchy[];
  /** `lxc.conf` of the system. */
  readonly configuration: string;
  /** Where root's LXC writes its logs, if the containers lie in its usual place. */
  readonly logs: string;
  /** Where its tools may be installed. */
  readonly programs: readonly string[];
  /** Home of this user, whose own containers lie below it; undefined for root, whose containers are those of the system. */
  readonly home: () => string | undefined;
  /** Where systemd gives this user a directory of run time, with the socket of the user's own service manager. */
  readonly runtime: () => string | undefined;
  /** The same of another user. */
  readonly runtimeOf: (uid: number) => string;
  /** Where its templates are installed. */
  readonly templates: string;
  /** The users of this host. */
  readonly passwd: string;
}

const isRoot = (): boolean => process.geteuid?.() === 0;

export const lxcPlaces: LxcPlaces = {
  proc: '/proc',
  hierarchies: readHierarchies,
  configuration: '/etc/lxc/lxc.conf',
  logs: '/var/log/lxc',
  programs: ['/usr/bin', '/usr/local/bin', '/bin'],
  home: () => (isRoot() ? undefined : homedir()),
  runtime: () => (isRoot() ? undefined : (process.env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.geteuid?.()}`)),
  runtimeOf: (uid) => `/run/user/${uid}`,
  templates: '/usr/share/lxc/templates',
  passwd: '/etc/passwd',
};

/** A container, by the directory in which LXC looks for it and its name there. */
export interface ContainerRef {
  readonly lxcpath: string;
  readonly name: string;
}

/** The scope of a container is the directory in which LXC finds it. */
export const containerOf = ({ scope, name }: MachineRef): ContainerRef => ({ lxcpath: scope, name });

/** Its reference, which failures speak of it by: a machine of systemd-nspawn may have its name. */
export const idOf = ({ lxcpath, name }: ContainerRef): string => writeRef({ backend: 'lxc', scope: lxcpath, name });

const usualPath = '/var/lib/lxc';

/** Whether LXC is installed, asked of the file system: without it nothing is watched and nothing is run. */
export const isInstalled = ({ programs }: Pick<LxcPlaces, 'programs'>): boolean =>
  programs.some((directory) => {
    try {
      accessSync(join(directory, 'lxc-start'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const mostBytes = 64 * 1024;

/** A file that may be a user's: one that would never be read to its end, such as a pipe, is none. @throws an error of the file system */
const readPlain = (path: string): string => {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    if (!fstatSync(descriptor).isFile()) return '';
    const buffer = Buffer.alloc(mostBytes);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, mostBytes, 0));
  } finally {
    closeSync(descriptor);
  }
};

/** The first `lxc.lxcpath` of a file lxc.conf, as `lxc_global_config_value()` reads it. */
const pathIn = (configuration: string): string | undefined => {
  try {
    const text = readPlain(configuration);
    const written = /^[ \t]*lxc\.lxcpath[ \t]*=[ \t]*(.*?)[ \t]*$/mu.exec(text)?.[1] ?? '';
    const path = written.length > 1 ? written.replace(/\/+$/u, '') : written;
    return path.startsWith('/') ? path : undefined;
  } catch {
    return undefined;
  }
};

/** The directory of the system's containers. */
export const systemPath = ({ configuration }: Pick<LxcPlaces, 'configuration'>): string =>
  pathIn(configuration) ?? usualPath;

export const usualPathBelow = (home: string): string => join(home, '.local/share/lxc');

/** The directory of a user's own containers. */
export const pathBelow = (home: string): string => pathIn(join(home, '.config/lxc/lxc.conf')) ?? usualPathBelow(home);

/** The directory of this user's own containers; undefined for root. */
export const ownPath = (places: Pick<LxcPlaces, 'home' | 'configuration'>): string | undefined => {
  const home = places.home();
  const path = home === undefined ? undefined : pathBelow(home);
  return path === systemPath(places) ? undefined : path;
};

const usersOf = ({ passwd }: Pick<LxcPlaces, 'passwd'>): readonly HostUser[] => {
  try {
    return accountsIn(readFileSync(passwd, 'utf8')).flatMap(({ name, id, fields }) => {
      const [, , , gid, , home = ''] = fields;
      return /^\w[\w.-]*\$?$/u.test(name) && home.startsWith('/') ? [{ name, uid: id, gid: Number(gid), home }] : [];
    });
  } catch {
    return [];
  }
};

type UserPlaces = Pick<LxcPlaces, 'home' | 'configuration' | 'passwd'>;

/**
 * The other user in whose home a directory of containers lies. What is done there is done as that user, whoever asks: the user may have links,
 * pipes and whole file systems wherever root would look.
 */
export const userOf = (places: UserPlaces, lxcpath: string): HostUser | undefined => {
  if (lxcpath === systemPath(places) || lxcpath === ownPath(places)) return undefined;
  return usersOf(places)
    .filter(({ uid, home }) => uid !== 0 && uid !== process.geteuid?.() && lxcpath.startsWith(`${home}/`))
    .sort((one, other) => other.home.length - one.home.length)[0];
};

/** The directory of the containers of another user: the usual one, because root reads no file of the user's that could name another. */
export const pathOfUser = (places: UserPlaces, name: string): string | undefined => {
  const user = usersOf(places).find((one) => one.name === name);
  const path = user === undefined ? '' : usualPathBelow(user.home);
  return user !== undefined && userOf(places, path)?.name === name ? path : undefined;
};

/** How this process reads what lies in a directory of containers. */
export const filesOf = (places: UserPlaces, lxcpath: string): Files => {
  const user = places.home() === undefined ? userOf(places, lxcpath) : undefined;
  if (user === undefined) return plainFiles;
  return filesOfUser(user.uid);
};

/**
 * The number of the user to whom the containers of a directory belong; undefined where nobody can tell. LXC makes the directory with the
 * first container, and until then it is whose the one above it is.
 */
export const ownerOf = (lxcpath: string): number | undefined => {
  try {
    const there = lstatSync(lxcpath, { throwIfNoEntry: false });
    return there === undefined && lxcpath !== '/' ? ownerOf(dirname(lxcpath)) : there?.uid;
  } catch {
    return undefined;
  }
};

export const configFileOf = ({ lxcpath, name }: ContainerRef): string => join(lxcpath, name, 'config');

/**
 * The log that a start of the container writes, where its configuration names none: in the usual place root's LXC has a directory for
 * logs, elsewhere they lie beside the configuration.
 */
export const usualLog = ({ logs }: Pick<LxcPlaces, 'logs'>, { lxcpath, name }: ContainerRef): string =>
  lxcpath === usualPath ? join(logs, `${name}.log`) : join(lxcpath, name, `${name}.log`);

/** Whether there is a directory of that name: this user may have no right to look further. Undefined where it may not even look for that. */
export const isDefined = ({ lxcpath, name }: ContainerRef): boolean | undefined => {
  try {
    return lstatSync(join(lxcpath, name)).isDirectory();
  } catch (error) {
    return codeOf(error) === 'EACCES' ? undefined : false;
  }
};
