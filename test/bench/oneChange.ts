import type { Host } from '../host/host.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';
import { measureInHost } from './measureInHost.ts';

interface OneChange {
  readonly known: number;
  readonly rounds: number;
  readonly calls: readonly string[];
  readonly cpuMs: number;
}

/** One machine of many ends and starts again: each must be one change of one row. */
export const measureOneChange = async (host: Host, machine: string): Promise<readonly Figure[]> => {
  const { known, rounds, calls, cpuMs } = (await measureInHost(host, 'oneChange', machine)) as OneChange;
  const expected = Array.from({ length: rounds }, () => ['machineRemoved', 'machineAdded']).flat();
  const single = calls.every((call) => !call.includes(' '));
  return [
    {
      title: `one change among ${known} machines`,
      value: `${calls.length} calls with one row each for ${expected.length} changes, ${short(cpuMs)} ms of processor time each`,
      goal: { text: 'one row touched, no relist', met: single && calls.join() === expected.join() },
    },
  ];
};
