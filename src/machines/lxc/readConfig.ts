import { join } from 'node:path';
import { codeOf } from '../errors.ts';
import { type Files, plainFiles } from '../host/files.ts';

/** What a container's configuration says of it, as far as a row, a page of details or a command needs it. */
export interface ContainerConfig {
  /** Absolute path of the tree on the host; undefined where the rootfs is no directory of the host, such as a loop file. */
  readonly rootfs: string | undefined;
  /** `dir`, `btrfs`, `overlay`, `loop`, …; undefined where the configuration leaves it to LXC to find out. */
  readonly backing: string | undefined;
  readonly autostart: boolean;
  /** Where it stands among those that start at boot, and how many seconds LXC waits behind it. */
  readonly order: number;
  readonly delay: number;
  /** The maps of its user namespace, as `u 0 100000 65536`; without any, its root is the host's. */
  readonly idMap: readonly string[];
  readonly groups: readonly string[];
  /** `host`: it shares the host's; `none`: it has one of its own without an interface but loopback. */
  readonly network: 'interfaces' | 'none' | 'host';
  readonly logFile: string | undefined;
  readonly logLevel: string | undefined;
}

/** LXC itself has no limit, and crashes on a file that includes itself. */
const maxDepth = 8;
const maxFiles = 100;

export type Setting = readonly [key: string, value: string];

const unquote = (value: string): string => /^(["'])(.*)\1$/su.exec(value)?.[2] ?? value;

/** The settings of a text, in its order, as `parse_line()` of LXC's confile.c takes lines apart; what begins otherwise is no setting. */
export const settingsIn = (text: string): readonly Setting[] => {
  const settings: Setting[] = [];
  for (const line of (text.split('\0', 1)[0] ?? '').split(/[\r\n]+/u)) {
    const found = /^[ \t]*(lxc\.[^=]*?)[ \t]*=[ \t]*(.*?)[ \t]*$/u.exec(line);
    if (found !== null) settings.push([found[1] ?? '', unquote(found[2] ?? '')]);
  }
  return settings;
};

/** The files that `lxc.include` names; LXC takes those of a directory in the order of the file system. */
const includedFiles = async (files: Files, value: string): Promise<readonly string[]> => {
  // Relative ones depend on where a tool is called.
  if (!value.startsWith('/')) return [];
  try {
    const names = await files.list(value);
    return names.filter((name) => name.length >= 6 && name.endsWith('.conf')).map((name) => join(value, name));
  } catch (error) {
    return codeOf(error) === 'ENOTDIR' ? [value] : [];
  }
};

/** How included files are found and read. */
export interface Includes {
  readonly filesOf: (value: string) => Promise<readonly string[]>;
  /** Nothing of a file that cannot be read. */
  readonly settingsOf: (path: string) => Promise<readonly Setting[]>;
}

const eachTime = (files: Files): Includes => ({
  filesOf: (value) => includedFiles(files, value),
  settingsOf: async (path) => settingsIn(await files.read(path).catch(() => '')),
});

const once = <Result>(read: (path: string) => Promise<Result>): ((path: string) => Promise<Result>) => {
  const known = new Map<string, Promise<Result>>();
  return (path) => {
    const answer = known.get(path) ?? read(path);
    known.set(path, answer);
    return answer;
  };
};

/** For many configurations that are read together: most of them include the same files. */
export const includesReadOnce = (files = plainFiles): Includes => {
  const { filesOf, settingsOf } = eachTime(files);
  return { filesOf: once(filesOf), settingsOf: once(settingsOf) };
};

/** All settings with those of included files in their places. */
const withIncludes = async (
  settings: readonly Setting[],
  includes: Includes,
  seen: { files: number },
  depth: number,
): Promise<Setting[]> => {
  const all: Setting[] = [];
  for (const setting of settings) {
    const [key, value] = setting;
    if (key !== 'lxc.include') all.push(setting);
    else if (depth < maxDepth)
      for (const path of await includes.filesOf(value)) {
        seen.files += 1;
        if (seen.files > maxFiles) break;
        all.push(...(await withIncludes(await includes.settingsOf(path), includes, seen, depth + 1)));
      }
  }
  return all;
};

/** Names of the kinds of storage that may stand before a path; others are part of the path. */
const backings = /^(dir|btrfs|overlay|overlayfs|loop|lvm|nbd|rbd|zfs|aufs):(.*)$/su;

/** `overlay:LOWER:UPPER` is seen from the host as its two halves: what was in the beginning lies in the lower one. */
const treeOf = (backing: string | undefined, path: string): string | undefined => {
  if (backing === 'overlay' || backing === 'overlayfs') {
    const lower = path.split(':').at(0) ?? '';
    return lower.startsWith('/') ? lower : undefined;
  }
  return path.startsWith('/') && !['loop', 'lvm', 'nbd', 'rbd', 'zfs'].includes(backing ?? '') ? path : undefined;
};

const networkOf = (settings: readonly Setting[]): ContainerConfig['network'] => {
  const from = settings.findLastIndex(([key, value]) => key === 'lxc.net' && value === '') + 1;
  const types = settings.slice(from).flatMap(([key, value]) => (/^lxc\.net\.\d+\.type$/u.test(key) ? [value] : []));
  if (types.includes('none')) return 'host';
  return types.some((type) => type !== 'empty' && type !== '') ? 'interfaces' : 'none';
};

/** A number as strtol() of C reads it, with a base of its own; LXC refuses all else. */
const numberOf = (value: string): number => {
  const [, sign, digits = ''] = /^([+-]?)(.+)$/u.exec(value) ?? [];
  const number = Number(/^0[0-7]+$/u.test(digits) ? `0o${digits.slice(1)}` : digits);
  return Number.isInteger(number) ? (sign === '-' ? -number : number) : 0;
};

const isYes = (value: string): boolean => /^\+?0*(?:0x0*)?1$/u.test(value);

/** What the settings come to: of most keys the last line counts, groups and maps add up, and an empty value takes them back. */
export const configOf = (settings: readonly Setting[]): ContainerConfig => {
  const last = (...keys: readonly string[]): string | undefined =>
    settings.findLast(([key]) => keys.includes(key))?.[1];
  const list = (...keys: readonly string[]): readonly string[] => {
    const values = settings.filter(([key]) => keys.includes(key)).map(([, value]) => value);
    return values.slice(values.lastIndexOf('') + 1);
  };
  // Before LXC 2.1 the keys had other names; `lxc-update-config` renames them.
  const written = last('lxc.rootfs.path', 'lxc.rootfs') ?? '';
  const [, backing, path] = backings.exec(written) ?? [undefined, undefined, written];
  const logFile = last('lxc.log.file', 'lxc.logfile') ?? '';
  const logLevel = last('lxc.log.level', 'lxc.loglevel') ?? '';
  return {
    rootfs: treeOf(backing, path),
    backing,
    autostart: isYes(last('lxc.start.auto') ?? ''),
    order: numberOf(last('lxc.start.order') ?? ''),
    delay: numberOf(last('lxc.start.delay') ?? ''),
    idMap: list('lxc.idmap', 'lxc.id_map'),
    groups: list('lxc.group').flatMap((value) => value.split(/[ \t]+/u)),
    network: networkOf(settings),
    logFile: logFile.startsWith('/') ? logFile : undefined,
    logLevel: logLevel === '' ? undefined : logLevel,
  };
};

/** The settings of a text that somebody else has read, with what it includes. */
export const withIncluded = (text: string, files = plainFiles): Promise<readonly Setting[]> =>
  withIncludes(settingsIn(text), eachTime(files), { files: 1 }, 0);

/** The settings of a file with what it includes. @throws an error of the file system for the file itself */
export const readSettings = async (path: string, files = plainFiles): Promise<readonly Setting[]> =>
  withIncluded(await files.read(path), files);

/** Reads a container's configuration with what it includes. @throws an error of the file system for the file itself */
export const readConfig = async (path: string, files = plainFiles): Promise<ContainerConfig> =>
  configOf(await readSettings(path, files));

/** The same of a text that has been read already. */
export const configIn = async (text: string, includes: Includes): Promise<ContainerConfig> =>
  configOf(await withIncludes(settingsIn(text), includes, { files: 1 }, 0));
