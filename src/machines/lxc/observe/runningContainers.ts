import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlGroup, Hierarchy } from '../../cgroups/controlGroup.ts';
import { counterpart, groupDirectory, groupFile, pathInHierarchy } from '../../cgroups/groupDirectory.ts';
import { groupInProcess } from '../../cgroups/observe/groupOfProcess.ts';
import { freezerState } from '../../cgroups/observe/groupState.ts';
import { readSmallFile } from '../../cgroups/observe/readSmallFile.ts';
import { parseProcess } from '../../host/process.ts';
import type { ContainerRef, LxcPlaces } from '../places.ts';

/** A container that runs, as the kernel tells of it. */
export interface RunningContainer extends ContainerRef {
  /** What stands behind `lxc.monitor.` in the name of the group of its monitor: the name, and a number where that was taken. */
  readonly key: string;
  /** PID of its init, in the host's PID namespace. */
  readonly leader: number;
  /** Clock ticks since boot: together with the PID it names one process for good. */
  readonly startTime: string;
  /** The group of all its processes. */
  readonly payload: ControlGroup;
  readonly frozen: boolean;
}

const monitorPrefix = 'lxc.monitor.';
const payloadPrefix = 'lxc.payload.';

export const monitorKey = (group: string): string | undefined =>
  group.startsWith(monitorPrefix) ? group.slice(monitorPrefix.length) : undefined;

export const payloadKey = (group: string): string | undefined =>
  group.startsWith(payloadPrefix) ? group.slice(payloadPrefix.length) : undefined;

/** The group of that key's payload, whether it is there or not. */
export const payloadOf = (parent: ControlGroup, key: string): ControlGroup => ({
  hierarchy: parent.hierarchy,
  path: `${parent.path === '/' ? '' : parent.path}/${payloadPrefix}${key}`,
});

/** Where LXC of root makes its groups: at the top of the hierarchy. In v1 any hierarchy tells, since it makes them in all. */
export const parentOfGroups = ({ hierarchies }: Pick<LxcPlaces, 'hierarchies'>): ControlGroup | undefined => {
  const [hierarchy] = hierarchies();
  return hierarchy === undefined ? undefined : { hierarchy, path: '/' };
};

/** What stands behind the prefixes of the groups that LXC has made. */
export interface GroupKeys {
  readonly monitors: readonly string[];
  readonly payloads: readonly string[];
}

export const groupKeys = (parent: ControlGroup): GroupKeys => {
  try {
    const names = readdirSync(groupDirectory(parent));
    return {
      monitors: names.flatMap((name) => monitorKey(name) ?? []),
      payloads: names.flatMap((name) => payloadKey(name) ?? []),
    };
  } catch {
    return { monitors: [], payloads: [] };
  }
};

const decoded = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

/** The value of an option in the arguments of a tool of LXC: `-n web`, `-nweb`, `--name web`, `--name=web`. */
const optionIn = (args: readonly string[], short: string, long: string): string | undefined => {
  for (const [place, argument] of args.entries()) {
    if (argument === '--') return undefined;
    if (argument === short || argument === long) return args[place + 1];
    if (argument.startsWith(`${long}=`)) return argument.slice(long.length + 1);
    if (argument.startsWith(short) && !argument.startsWith('--')) return argument.slice(short.length);
  }
  return undefined;
};

/**
 * Whose monitor it is. One that runs in the background calls itself `[lxc monitor] LXCPATH NAME`; one of `lxc-start -F` or lxc-execute
 * keeps its arguments. The group's name alone does not tell: a number is put behind it where it is taken, by a container of the same name
 * elsewhere or by what a killed monitor has left.
 */
export const isMonitorOf = (commandLine: string, { lxcpath, name }: ContainerRef, usualPath: string): boolean => {
  const title = `[lxc monitor] ${lxcpath} ${name}`;
  if (commandLine.startsWith('[lxc monitor] ')) return commandLine.replace(/[\0 ]+$/u, '') === title;
  const [, ...args] = commandLine.split('\0');
  const path = optionIn(args, '-P', '--lxcpath') ?? usualPath;
  return path.replace(/(?<=.)\/+$/u, '') === lxcpath && optionIn(args, '-n', '--name') === name;
};

/** The names that the container of a key can have, the likelier first. */
const namesOfKey = (key: string): readonly string[] => {
  const short = /^(.+)-\d+$/su.exec(key)?.[1];
  return short === undefined ? [key] : [key, short];
};

/**
 * Whether a monitor and a payload can be of one container. LXC puts a number behind each name that is taken, and behind each by itself: what an
 * earlier monitor has left makes `lxc.monitor.web-1` beside `lxc.payload.web`.
 */
export const canBelongTogether = (monitor: string, payload: string): boolean => {
  const names = namesOfKey(payload);
  return namesOfKey(monitor).some((name) => names.includes(name));
};

const payloadOfProcess = (text: string, hierarchy: Hierarchy): ControlGroup | undefined => {
  const said = groupInProcess(decoded(text), hierarchy);
  const path = said === undefined ? undefined : pathInHierarchy(said, hierarchy.root);
  const names = path?.split('/') ?? [];
  const place = names.findIndex((name) => payloadKey(name) !== undefined);
  // systemd as init moves itself further down.
  return place < 0 ? undefined : { hierarchy, path: names.slice(0, place + 1).join('/') };
};

const isFrozen = (payload: ControlGroup, hierarchies: readonly Hierarchy[]): boolean => {
  const states = [freezerState(payload, hierarchies)];
  // Where both versions are mounted, LXC uses the freezer of v1.
  const freezer = hierarchies.find(({ version, controllers }) => version === 1 && controllers.includes('freezer'));
  const other = freezer === undefined ? undefined : counterpart(payload, freezer);
  if (other !== undefined) states.push(freezerState(other, hierarchies));
  return states.includes('frozen');
};

/** What has ended stays until its monitor takes note of it. */
const hasEnded = (stat: string): boolean => /\) [ZX] [^)]*$/u.test(stat);

/** The child of a monitor that is process 1 of a PID namespace of its own. */
const initOf = (monitor: number, proc: string): { leader: number; startTime: string } | undefined => {
  const children = readSmallFile(join(proc, `${monitor}/task/${monitor}/children`)) ?? '';
  for (const child of children.split(' ').map(Number).filter(Boolean)) {
    const [stat, status] = ['stat', 'status'].map((file) => readSmallFile(join(proc, `${child}/${file}`)));
    if (stat === undefined || status === undefined || hasEnded(stat)) continue;
    const facts = parseProcess(stat, status, '');
    if (facts !== undefined && facts.pids.length > 1 && facts.pids.at(-1) === 1)
      return { leader: child, startTime: facts.startTime };
  }
  return undefined;
};

export interface PathsOfContainers {
  /** The directory whose containers are meant. */
  readonly lxcpath: string;
  /** The one that whoever starts a container means without naming one. */
  readonly usualPath: string;
  /**
   * Given for the containers of another user: there the group's name has to do, because the user's processes may keep whoever reads their
   * arguments waiting for ever.
   */
  readonly isDefined?: (name: string) => boolean;
}

/** What the kernel knows of the group of a monitor: the container of `lxcpath` whose it is, while its init lives. */
export const containerOfMonitor = (
  places: Pick<LxcPlaces, 'proc' | 'hierarchies'>,
  parent: ControlGroup,
  key: string,
  { lxcpath, usualPath, isDefined }: PathsOfContainers,
): RunningContainer | undefined => {
  const group = { ...parent, path: `${parent.path === '/' ? '' : parent.path}/${monitorPrefix}${key}` };
  const isNameOf = (monitor: number): ((name: string) => boolean) => {
    const commandLine = decoded(readSmallFile(join(places.proc, `${monitor}/cmdline`)) ?? '');
    return (name) => isMonitorOf(commandLine, { lxcpath, name }, usualPath);
  };
  const monitors = (readSmallFile(groupFile(group, 'cgroup.procs')) ?? '').split('\n').map(Number).filter(Boolean);
  for (const monitor of monitors) {
    const name = namesOfKey(key).find(isDefined ?? isNameOf(monitor));
    if (name === undefined) continue;
    const init = initOf(monitor, places.proc);
    const text = init === undefined ? undefined : readSmallFile(join(places.proc, `${init.leader}/cgroup`));
    const payload = text === undefined ? undefined : payloadOfProcess(text, parent.hierarchy);
    if (init === undefined || payload === undefined) continue;
    return { lxcpath, name, key, ...init, payload, frozen: isFrozen(payload, places.hierarchies()) };
  }
  return undefined;
};

/** Looks in one group whether the container runs there. */
export const findRunningIn = (
  places: Pick<LxcPlaces, 'proc' | 'hierarchies'>,
  parent: ControlGroup,
  name: string,
  paths: PathsOfContainers,
): RunningContainer | undefined => {
  for (const key of groupKeys(parent).monitors) {
    if (!namesOfKey(key).includes(name)) continue;
    const found = containerOfMonitor(places, parent, key, paths);
    if (found?.name === name) return found;
  }
  return undefined;
};
