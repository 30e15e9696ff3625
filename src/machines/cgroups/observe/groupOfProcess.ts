import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { pathInHierarchy } from '../groupDirectory.ts';
import { readSmallFile } from './readSmallFile.ts';

const isLineOf = (hierarchy: Hierarchy, number: string, controllers: string): boolean => {
  if (hierarchy.version === 2) return number === '0' && controllers === '';
  const words = controllers.split(',');
  return hierarchy.controllers.length > 0
    ? hierarchy.controllers.every((controller) => words.includes(controller))
    : hierarchy.name !== undefined && words.includes(`name=${hierarchy.name}`);
};

/** The group in the text of a /proc/PID/cgroup, as the kernel writes it: from the root of the cgroup namespace of whoever reads. */
export const groupInProcess = (text: string, hierarchy: Hierarchy): string | undefined => {
  for (const line of text.split('\n')) {
    const [number = '', controllers = ''] = line.split(':', 2);
    if (!isLineOf(hierarchy, number, controllers)) continue;
    const path = line.slice(number.length + controllers.length + 2);
    // A process may stay in a group that has been removed.
    return path.startsWith('/') && !path.endsWith(' (deleted)') ? path : undefined;
  }
  return undefined;
};

// The text of a file of the kernel is read byte by byte; a name in it is UTF-8 as a rule.
const decoded = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

/** The group of a process in a hierarchy; undefined where it has ended, or is in none that can be reached through the mount. */
export const groupOfProcess = (pid: number, hierarchy: Hierarchy): ControlGroup | undefined => {
  const text = readSmallFile(`/proc/${pid}/cgroup`);
  if (text === undefined) return undefined;
  const said = groupInProcess(decoded(text), hierarchy);
  const path = said === undefined ? undefined : pathInHierarchy(said, hierarchy.root);
  // Above the root of this cgroup namespace: `/../box`.
  return path === undefined || path.split('/').includes('..') ? undefined : { hierarchy, path };
};

/**
 * Where a process is, in the hierarchy that says most: the first in which it is in more than the root, since many a hierarchy is
 * mounted and used by nobody.
 */
export const mainGroupOfProcess = (pid: number, hierarchies: readonly Hierarchy[]): ControlGroup | undefined => {
  const groups = hierarchies.flatMap((hierarchy) => groupOfProcess(pid, hierarchy) ?? []);
  return groups.find(({ path }) => path !== '/') ?? groups[0];
};
