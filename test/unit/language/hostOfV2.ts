import type { Host } from '../../../src/language/context.ts';

/** A host as most are today: cgroup v2 alone. */
export const hostOfV2: Host = {
  controllers: ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids', 'rdma', 'misc'].map((name) => ({
    name,
    version: 2,
  })),
  users: [{ name: 'root', id: 0 }, { name: 'alice', id: 1000 }, { name: 'bob' }],
  groups: [
    { name: 'root', id: 0 },
    { name: 'staff', id: 50 },
  ],
  hasMoreUsers: false,
  hasMoreGroups: false,
};
