import { openSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../rig/cache.ts';
import { cgroupName } from './boot/hostCgroup.ts';
import { identityOf, isRunning } from '../rig/processIdentity.ts';

/** What tells the processes and the cgroup of one host from all others, also after its end. */
export interface HostTraces {
  readonly supervisor: number;
  /** Identities of the processes from the supervisor down to nspawn. */
  readonly keepers: readonly string[];
  readonly pidNamespace: string;
  readonly cgroup: string;
}

const tryTo = <Result>(read: () => Result): Result | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const list = (path: string): string[] => tryTo(() => readdirSync(path)) ?? [];

const parentOf = (pid: number): number =>
  Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

const ancestorsOf = (pid: number): number[] => (pid <= 1 ? [] : [pid, ...ancestorsOf(parentOf(pid))]);

/** Between the host's process 1 and its supervisor there are nspawn and the keeper of a pid namespace around it. */
export const tracesOf = (leader: number): HostTraces => {
  const ancestors = ancestorsOf(parentOf(leader));
  const index = ancestors.findIndex((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('boot/supervisor.ts'),
  );
  const supervisor = ancestors[index];
  if (supervisor === undefined) throw new Error(`process ${leader} is not the first of a host`);
  // The kernel gives the number of a namespace that ended to the next one. Held open it keeps its number.
  openSync(`/proc/${leader}/ns/pid`, 'r');
  return {
    supervisor,
    keepers: ancestors.slice(0, index + 1).map(identityOf),
    pidNamespace: readlinkSync(`/proc/${leader}/ns/pid`),
    cgroup: cgroupName(identityOf(supervisor)),
  };
};

const cgroupRoots = (): string[] =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , type]) => type === 'cgroup2' || type === 'cgroup')
    .map(([, path]) => path ?? '');

const loopDevices = (name: string): string[] =>
  list('/sys/block')
    .map((device) => tryTo(() => readFileSync(`/sys/block/${device}/loop/backing_file`, 'utf8').trim()) ?? '')
    .filter((file) => file.includes(name));

/**
 * What is still there of a host, one line each; nothing when all is well.
 * @param loopName a part of the name of the files behind the host's loop devices
 */
export const leftovers = (traces: HostTraces, loopName: string): string[] => {
  const keepers = traces.keepers.filter(isRunning).map((identity) => `process ${identity}`);
  const processes = list('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => tryTo(() => readlinkSync(`/proc/${pid}/ns/pid`)) === traces.pidNamespace)
    .map((pid) => `process ${pid}: ${tryTo(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()) ?? 'ending'}`);
  const cgroups = cgroupRoots()
    .flatMap((root) => list(root).map((name) => join(root, name)))
    .filter((path) => path.endsWith(traces.cgroup))
    .map((path) => `cgroup ${path}`);
  const loops = loopDevices(loopName).map((file) => `loop device on ${file}`);
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(join(cacheRoot(), 'running-hosts')) || line.includes(loopName))
    .map((line) => `mount ${line}`);
  return [...keepers, ...processes, ...cgroups, ...loops, ...mounts];
};
