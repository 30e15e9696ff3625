import { readFileSync } from 'node:fs';

/** A hierarchy of cgroup v1 that this machine has mounted as a whole. */
export interface V1Mount {
  readonly mountPoint: string;
  /** Its controllers as the kernel names them, joined by a comma where several share it: `memory`, `cpu,cpuacct`. */
  readonly name: string;
}

/** Those that a limit, a count or a state can be tested with. cpuset takes no process before it is set up, so it is not among them. */
const wanted = ['memory', 'pids', 'freezer', 'cpu', 'cpuacct', 'blkio', 'devices'];

/** Reads a `mountinfo`: of lines of one hierarchy the first counts. */
export const parseV1Mounts = (mountinfo: string): V1Mount[] => {
  const mounts = new Map<string, V1Mount>();
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, mountPoint = ''] = before.split(' ');
    const [type, , options = ''] = after.split(' ');
    if (type !== 'cgroup' || root !== '/') continue;
    const controllers = options.split(',').filter((option) => wanted.includes(option));
    const name = controllers.join(',');
    if (name !== '' && !mounts.has(name)) mounts.set(name, { mountPoint, name });
  }
  return [...mounts.values()];
};

/** The hierarchies of v1 of the machine, as this process sees them. */
export const v1Mounts = (): V1Mount[] => parseV1Mounts(readFileSync('/proc/self/mountinfo', 'utf8'));

/** Why no host can have a memory controller of cgroup v1 here, as a sentence; undefined when one can. */
export const v1Obstacle = (): string | undefined =>
  process.platform === 'linux' && v1Mounts().some(({ name }) => name.split(',').includes('memory'))
    ? undefined
    : 'this machine has no cgroup v1 hierarchy of the memory controller';
