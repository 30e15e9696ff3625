import { isAbsolute } from 'node:path';

export const groupings = ['none', 'state', 'os', 'slice', 'kind'] as const;
export const sortings = ['name', 'age', 'size', 'modified'] as const;
export const cgroupSortings = ['name', 'memory', 'cpu'] as const;
export const privileges = ['auto', 'direct', 'terminal', 'sudo', 'pkexec', 'run0'] as const;

/** The tools whose place can be set, by the name that commands use for them. */
export const executables = [
  'machinectl',
  'systemd-nspawn',
  'systemctl',
  'systemd-run',
  'journalctl',
  'sudo',
  'pkexec',
  'run0',
  'cgconfigparser',
  'lxc-info',
] as const;

/** When the installed systemd-nspawn or LXC is asked about a file without being told to. */
export const secondOpinions = ['off', 'onSave'] as const;

export type Grouping = (typeof groupings)[number];
export type Sorting = (typeof sortings)[number];
export type CgroupSorting = (typeof cgroupSortings)[number];
export type Privilege = (typeof privileges)[number];
type SecondOpinionTime = (typeof secondOpinions)[number];
export type Executable = (typeof executables)[number];

/** Every setting that this half of the extension reads, by its key below `nspawn.`; the language server reads others. */
export interface Settings {
  readonly groupBy: Grouping;
  readonly sortBy: Sorting;
  /** Words that a name must hold to be shown; empty shows all. */
  readonly filter: string;
  readonly showHidden: boolean;
  readonly showHost: boolean;
  readonly showRunningOnly: boolean;
  /** Whether memory and processor time stand on the rows of running machines. */
  readonly showUse: boolean;
  /** As written by the user; the inventory makes them usable. */
  readonly imageDirectories: readonly string[];
  /** Names of users of the host whose containers are shown, too. */
  readonly containerUsers: readonly string[];
  readonly privilege: Privilege;
  readonly executables: Readonly<Partial<Record<Executable, string>>>;
  readonly 'lint.secondOpinion': SecondOpinionTime;
  /** Seconds between two samples of what groups use, while their view is visible; 0 for never. */
  readonly 'cgroups.interval': number;
  readonly 'cgroups.sortBy': CgroupSorting;
  readonly 'cgroups.showEmpty': boolean;
}

/** Equal to the defaults in package.json, which the manifest test makes sure of. */
export const settingDefaults: Settings = {
  groupBy: 'none',
  sortBy: 'name',
  filter: '',
  showHidden: false,
  showHost: false,
  showRunningOnly: false,
  showUse: false,
  imageDirectories: [],
  containerUsers: [],
  privilege: 'auto',
  executables: {},
  'lint.secondOpinion': 'off',
  'cgroups.interval': 3,
  'cgroups.sortBy': 'name',
  'cgroups.showEmpty': true,
};

const mostSeconds = 3600;

/** At least a second, or 0. */
const seconds = (value: unknown, otherwise: number): number => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return otherwise;
  return value === 0 ? 0 : Math.min(mostSeconds, Math.max(1, value));
};

const oneOf = <Word extends string>(words: readonly Word[], value: unknown, otherwise: Word): Word =>
  words.find((word) => word === value) ?? otherwise;

const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** Only absolute paths count: a relative one would mean something else in each folder that is opened. */
const readExecutables = (value: unknown): Settings['executables'] => {
  if (typeof value !== 'object' || value === null) return {};
  const given = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    executables.flatMap((name) => {
      const path = given.get(name);
      return typeof path === 'string' && isAbsolute(path) ? [[name, path] as const] : [];
    }),
  );
};

/** Settings are files that people edit: whatever does not fit falls back to the default. */
export const settingsFrom = (get: (key: keyof Settings) => unknown): Settings => {
  const filter = get('filter');
  return {
    groupBy: oneOf(groupings, get('groupBy'), settingDefaults.groupBy),
    sortBy: oneOf(sortings, get('sortBy'), settingDefaults.sortBy),
    filter: typeof filter === 'string' ? filter : settingDefaults.filter,
    showHidden: flag(get('showHidden'), settingDefaults.showHidden),
    showHost: flag(get('showHost'), settingDefaults.showHost),
    showRunningOnly: flag(get('showRunningOnly'), settingDefaults.showRunningOnly),
    showUse: flag(get('showUse'), settingDefaults.showUse),
    imageDirectories: strings(get('imageDirectories')),
    containerUsers: strings(get('containerUsers')),
    privilege: oneOf(privileges, get('privilege'), settingDefaults.privilege),
    executables: readExecutables(get('executables')),
    'lint.secondOpinion': oneOf(secondOpinions, get('lint.secondOpinion'), settingDefaults['lint.secondOpinion']),
    'cgroups.interval': seconds(get('cgroups.interval'), settingDefaults['cgroups.interval']),
    'cgroups.sortBy': oneOf(cgroupSortings, get('cgroups.sortBy'), settingDefaults['cgroups.sortBy']),
    'cgroups.showEmpty': flag(get('cgroups.showEmpty'), settingDefaults['cgroups.showEmpty']),
  };
};
