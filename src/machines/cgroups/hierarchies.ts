import { readFileSync, statSync } from 'node:fs';
import type { Hierarchy } from './controlGroup.ts';
import { type MountedHierarchy, mountedHierarchies } from './mountedHierarchies.ts';

const deviceOf = (path: string): string | undefined => {
  try {
    const { dev } = statSync(path, { bigint: true });
    // The layout of dev_t in glibc: twelve and twenty bits in two pieces each.
    const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
    const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
    return `${major}:${minor}`;
  } catch {
    return undefined;
  }
};

const controllersOf = ({ version, controllers, mountPoint }: MountedHierarchy): readonly string[] => {
  if (version === 1) return controllers;
  try {
    return readFileSync(`${mountPoint}/cgroup.controllers`, 'utf8')
      .split(/\s+/u)
      .filter((word) => word !== '')
      .sort();
  } catch {
    return [];
  }
};

/** Whole hierarchies before subtrees of them, then the shortest path, which is the usual place. */
const better = (one: MountedHierarchy, other: MountedHierarchy): MountedHierarchy => {
  const whole = Number(one.root === undefined) - Number(other.root === undefined);
  if (whole !== 0) return whole > 0 ? one : other;
  return other.mountPoint.length < one.mountPoint.length ? other : one;
};

// Where the tree of the whole system stands first; then what people look at most.
const firstControllers = ['memory', 'cpu', 'cpuacct', 'pids', 'blkio', 'freezer', 'cpuset', 'devices'];

const rank = ({ version, controllers, name }: Hierarchy): number => {
  if (version === 2) return 0;
  if (name === 'systemd') return 1;
  const places = controllers.map((controller) => firstControllers.indexOf(controller)).filter((place) => place >= 0);
  return places.length > 0 ? 2 + Math.min(...places) : name === undefined ? 20 : 30;
};

/**
 * Every hierarchy that can be reached, once, the most useful first: v2, systemd's own of v1, then those of controllers. A mount
 * that another one hides, as below a directory that something else was mounted on later, is left out.
 */
export const readableHierarchies = (
  mountinfo: string,
  device: (path: string) => string | undefined = deviceOf,
): readonly Hierarchy[] => {
  const byDevice = new Map<string, MountedHierarchy>();
  for (const mounted of mountedHierarchies(mountinfo)) {
    if (device(mounted.mountPoint) !== mounted.device) continue;
    const known = byDevice.get(mounted.device);
    byDevice.set(mounted.device, known === undefined ? mounted : better(known, mounted));
  }
  return [...byDevice.values()]
    .map((mounted): Hierarchy => {
      const { version, mountPoint, root, name } = mounted;
      return {
        version,
        mountPoint,
        controllers: controllersOf(mounted),
        ...(root === undefined ? {} : { root }),
        ...(name === undefined ? {} : { name }),
      };
    })
    .sort((one, other) => rank(one) - rank(other) || (one.mountPoint < other.mountPoint ? -1 : 1));
};

/** The hierarchies of this host as this process sees them; none where it is no Linux or nothing is mounted. */
export const readHierarchies = (): readonly Hierarchy[] => {
  try {
    return readableHierarchies(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return [];
  }
};
