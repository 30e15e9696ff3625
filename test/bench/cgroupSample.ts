import { cgroupsInHost } from '../host/cgroupsInHost.ts';
import type { Host } from '../host/host.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';

interface Sampling {
  readonly groups: number;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const count = 1000;

/** Processor time of one sample of the view of control groups against `systemd-cgtop -b -n 1`, on the same groups. */
export const measureCgroupSample = async (host: Host): Promise<readonly Figure[]> => {
  const { groups, ours, theirs } = (await cgroupsInHost(host, 'sampling', String(count))) as Sampling;
  if (groups < count) throw new Error(`only ${groups} groups were sampled`);
  const [first = Number.NaN, ...later] = ours;
  const [mine, peer] = [median(later), median(theirs)];
  return [
    {
      title: `a sample of ${groups} control groups`,
      value: `${short(mine)} ms of processor time, systemd-cgtop -n 1 ${short(peer)} ms: ${short(mine / peer)} of it`,
      goal: { text: 'at most a fifth', met: mine <= peer / 5 },
    },
    { title: 'the first of them, which opens the files', value: `${short(first)} ms` },
  ];
};
