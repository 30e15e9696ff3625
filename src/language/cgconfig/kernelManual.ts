import type { CgroupParameter } from '../../schema/cgroupTypes.ts';

const top = 'https://docs.kernel.org';

/** Pages of controllers of v1. */
const pages: Readonly<Record<string, string>> = {
  blkio: 'blkio-controller',
  cpuacct: 'cpuacct',
  cpuset: 'cpusets',
  devices: 'devices',
  freezer: 'freezer-subsystem',
  hugetlb: 'hugetlb',
  memory: 'memory',
  misc: 'misc',
  net_cls: 'net_cls',
  net_prio: 'net_prio',
  pids: 'pids',
  rdma: 'rdma',
};

/** Chapters of the page of v2 that are not called as their controller. */
const chapters: Readonly<Record<string, string>> = { cgroup: 'core', pids: 'pid' };

/** Where the kernel's own documentation speaks of a parameter. */
export const kernelManual = ({ controller, version }: CgroupParameter): string => {
  if (version === 2) return `${top}/admin-guide/cgroup-v2.html#${chapters[controller] ?? controller}-interface-files`;
  // Shares and quotas of v1 belong to the scheduler.
  if (controller === 'cpu') return `${top}/scheduler/sched-bwc.html`;
  return `${top}/admin-guide/cgroup-v1/${pages[controller] ?? 'cgroups'}.html`;
};
