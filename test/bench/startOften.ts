import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { killMachines } from '../host/killMachines.ts';

const names = ['latency1', 'latency2', 'latency3', 'latency4'];
const starts = 32;

/** One start, in milliseconds of the host's clock. */
export interface Start {
  /** `machinectl start` began. */
  readonly began: number;
  /** machined knew the machine. */
  readonly registered: number;
  /** `machinectl start` returned. */
  readonly returned: number;
  /** What was measured saw it. */
  readonly seen: number;
}

/** Makes the machines; those that are there are left. */
export const prepareStarts = async (host: Host): Promise<void> => {
  for (const name of names) {
    if ((await host.run('test', ['-e', `/var/lib/machines/${name}`])).exitCode === 0) continue;
    await host.run('machinectl', ['clone', imageNames.busybox, name]);
    // The first start gives all files to the machine's own range of users, once.
    await host.run('machinectl', ['start', name]);
    await killMachines(host, name);
  }
};

const script = `date +%s%3N; machinectl start "$1" >&2 && date +%s%3N && sed -n 's/^REALTIME=//p' "/run/systemd/machines/$1"`;

/**
 * Starts machines in another shell, one after the other, and ends them.
 * @param expect called before each start; what it returns resolves with the moment at which it was seen
 */
export const startOften = async (
  host: Host,
  expect: (name: string) => Promise<() => Promise<number>>,
): Promise<readonly Start[]> => {
  const all: Start[] = [];
  try {
    for (let start = 0; start < starts; start += 1) {
      const name = names[start % names.length] ?? '';
      const seen = await expect(name);
      const { exitCode, stdout, stderr } = await host.run('sh', ['-c', script, 'sh', name]);
      const [began = Number.NaN, returned = Number.NaN, microseconds = Number.NaN] = stdout
        .trim()
        .split('\n')
        .map(Number);
      if (exitCode !== 0 || Number.isNaN(microseconds)) throw new Error(`${stdout}${stderr}`);
      all.push({ began, returned, registered: microseconds / 1000, seen: await seen() });
      await killMachines(host, name);
    }
  } finally {
    await killMachines(host, ...names);
  }
  return all;
};
