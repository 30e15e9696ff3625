import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { groupFile } from '../groupDirectory.ts';
import { pathInHierarchy, pathOfKernel } from './groupOfProcess.ts';
import { readSmallFile } from './readSmallFile.ts';

const frozenV1 = (group: ControlGroup, hierarchies: readonly Hierarchy[]): boolean => {
  const hierarchy = hierarchies.find(({ version, controllers }) => version === 1 && controllers.includes('freezer'));
  if (hierarchy === undefined) return false;
  const path = pathInHierarchy(pathOfKernel(group), hierarchy.root);
  if (path === undefined) return false;
  // `FREEZING` as well: it does not run any more.
  return readSmallFile(groupFile({ hierarchy, path }, 'freezer.state'))?.startsWith('FR') ?? false;
};

/** Whether the processes of a group are stopped by its freezer, or by that of a group above. */
export const isFrozen = (group: ControlGroup, hierarchies: readonly Hierarchy[]): boolean =>
  group.hierarchy.version === 2
    ? /^frozen 1$/mu.test(readSmallFile(groupFile(group, 'cgroup.events')) ?? '')
    : frozenV1(group, hierarchies);
