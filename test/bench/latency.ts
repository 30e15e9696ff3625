import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { killMachines } from '../host/killMachines.ts';
import { observe } from '../host/observedHost.ts';
import { quantile, short } from './figure.ts';
import type { Figure } from './figure.ts';

const machines = 4;
const starts = 32;

/** From `machinectl start` in another shell to our event. The machine itself takes most of it; `since` tells how much. */
export const measureLatency = async (host: Host): Promise<readonly Figure[]> => {
  const names = Array.from({ length: machines }, (_, index) => `latency${index + 1}`);
  for (const name of names) {
    await host.run('machinectl', ['clone', imageNames.busybox, name]);
    // The first start gives all files to the machine's own range of users, once.
    await host.run('machinectl', ['start', name]);
    await killMachines(host, name);
  }
  const observer = await observe(host);
  try {
    await observer.watch();
    const whole: number[] = [];
    const ours: number[] = [];
    for (let start = 0; start < starts; start += 1) {
      const name = names[start % machines] ?? '';
      observer.changes.length = 0;
      const { stdout, stderr } = await host.run('sh', ['-c', 'date +%s%3N; exec machinectl start "$1"', 'sh', name]);
      const began = Number(stdout);
      if (!(began > 0)) throw new Error(stderr);
      const { at } = await observer.change((change) => change.kind === 'machineAdded' && change.name === name);
      const { machines: running } = await observer.snapshot();
      whole.push(at - began);
      ours.push(at - (running.find((machine) => machine.name === name)?.since ?? Number.NaN));
      await killMachines(host, name);
    }
    const told = (times: readonly number[]): string =>
      `p50 ${short(quantile(times, 0.5))} ms, p95 ${short(quantile(times, 0.95))} ms`;
    return [
      {
        title: `from machinectl start in another shell to our event, ${starts} starts`,
        value: told(whole),
        goal: { text: 'p95 under 150 ms', met: quantile(whole, 0.95) < 150 },
      },
      { title: 'of that, after machined has registered the machine', value: told(ours) },
    ];
  } finally {
    await observer.end();
    await killMachines(host, ...names);
  }
};
