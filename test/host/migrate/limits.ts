import type { CommandHost } from '../host.ts';

/** What the kernel shows of a group, in the same units whatever version of cgroups it is of. */
export interface Limits {
  /** Bytes, or Infinity. */
  readonly memory: number;
  readonly softMemory: number;
  readonly swap: number;
  /** Microseconds of a period of as many; Infinity for no quota. */
  readonly quota: number;
  readonly period: number;
  /** Of 1024 shares; a weight is made to shares as the kernel does it. */
  readonly shares: number;
  readonly tasks: number;
}

const noLimit = 9_223_372_036_854_771_712;
const numberOf = (text: string | undefined): number => {
  const word = text?.trim() ?? '';
  if (word === 'max' || word === '-1') return Infinity;
  const number = Number(word === '' ? 'missing' : word);
  return number >= noLimit ? Infinity : number;
};

/** Reads files of groups, one line for each. */
const readFiles = async (host: CommandHost, paths: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await host.run('sh', [
    '-c',
    'for file; do head -n 1 "$file" 2>/dev/null || echo; done',
    'sh',
    ...paths,
  ]);
  return stdout.split('\n');
};

/** Where each controller of v1 is in the hosts of the tests. */
export const readV1 = async (host: CommandHost, group: string, roots: ReadonlyMap<string, string>): Promise<Limits> => {
  const path = (controller: string, file: string): string => `${roots.get(controller) ?? '/nowhere'}/${group}/${file}`;
  const [memory, soft, both, quota, period, shares, tasks] = await readFiles(host, [
    path('memory', 'memory.limit_in_bytes'),
    path('memory', 'memory.soft_limit_in_bytes'),
    path('memory', 'memory.memsw.limit_in_bytes'),
    path('cpu', 'cpu.cfs_quota_us'),
    path('cpu', 'cpu.cfs_period_us'),
    path('cpu', 'cpu.shares'),
    path('pids', 'pids.max'),
  ]);
  return {
    memory: numberOf(memory),
    softMemory: numberOf(soft),
    swap: numberOf(both) === Infinity ? Infinity : numberOf(both) - numberOf(memory),
    quota: numberOf(quota),
    period: numberOf(period),
    shares: numberOf(shares),
    tasks: numberOf(tasks),
  };
};

export const readV2 = async (host: CommandHost, path: string): Promise<Limits> => {
  const files = ['memory.max', 'memory.high', 'memory.swap.max', 'cpu.max', 'cpu.weight', 'pids.max'];
  const [memory, high, swap, max = '', weight, tasks] = await readFiles(
    host,
    files.map((file) => `/sys/fs/cgroup/${path}/${file}`),
  );
  const [quota, period] = max.split(' ');
  return {
    memory: numberOf(memory),
    softMemory: numberOf(high),
    swap: numberOf(swap),
    quota: numberOf(quota),
    period: numberOf(period),
    // sched_weight_from_cgroup() of the kernel.
    shares: Math.round((numberOf(weight) * 1024) / 100),
    tasks: numberOf(tasks),
  };
};
