import { unescapeOctal } from '../../hostFiles/paths.ts';
import { type Mount, mountsIn } from '../host/mounts.ts';
import type { Hierarchy } from './controlGroup.ts';

/** A hierarchy as /proc/self/mountinfo tells of it; the controllers of v2 stand in a file of its root and are not known yet. */
export interface MountedHierarchy extends Hierarchy {
  /** `major:minor` of the file system: one and the same for all mounts of one hierarchy. */
  readonly device: string;
}

// Other words among the options of a v1 mount, such as `xattr` or `noprefix`, are no controllers. The list is closed: v1 gets no
// new ones. https://docs.kernel.org/admin-guide/cgroup-v1/
const v1Controllers = new Set([
  'blkio',
  'cpu',
  'cpuacct',
  'cpuset',
  'debug',
  'devices',
  'freezer',
  'hugetlb',
  'memory',
  'misc',
  'net_cls',
  'net_prio',
  'perf_event',
  'pids',
  'rdma',
]);

const hierarchyOf = ({ device, root, point, type, options }: Mount): MountedHierarchy | undefined => {
  if (type !== 'cgroup' && type !== 'cgroup2') return undefined;
  const words = options.split(',');
  const name = words.find((word) => word.startsWith('name='))?.slice('name='.length);
  return {
    version: type === 'cgroup2' ? 2 : 1,
    device,
    mountPoint: point,
    controllers: type === 'cgroup2' ? [] : words.filter((word) => v1Controllers.has(word)).sort(),
    ...(root === '/' ? {} : { root }),
    ...(name === undefined ? {} : { name: unescapeOctal(name) }),
  };
};

/**
 * All mounts of control groups in the text of a `mountinfo`, in its order: several of one hierarchy where it is mounted more
 * than once, and of two at one place only the upper one.
 */
export const mountedHierarchies = (mountinfo: string): readonly MountedHierarchy[] => {
  const byPlace = new Map<string, MountedHierarchy>();
  for (const mount of mountsIn(mountinfo)) {
    const hierarchy = hierarchyOf(mount);
    if (hierarchy === undefined) continue;
    byPlace.delete(hierarchy.mountPoint);
    byPlace.set(hierarchy.mountPoint, hierarchy);
  }
  return [...byPlace.values()];
};
