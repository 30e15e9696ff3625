import type { Host } from '../host/host.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { measureInHost } from './measureInHost.ts';

interface Listing {
  readonly machines: number;
  readonly images: number;
  readonly listed: number;
  readonly times: Readonly<Record<'machines' | 'everything' | 'machinectl', readonly number[]>>;
}

/** All running machines by our inventory against `machinectl list --output=json`. */
export const measureListing = async (host: Host, running: number): Promise<readonly Figure[]> => {
  const { machines, images, listed, times } = (await measureInHost(host, 'listing')) as Listing;
  if (machines !== running || listed !== running)
    throw new Error(`of ${running} machines we list ${machines} and machinectl lists ${listed}`);
  const ours = median(times.machines);
  const tool = median(times.machinectl);
  const ratio = tool / ours;
  const goal = running === 1000 ? { goal: { text: 'at least 50 times cheaper', met: ratio >= 50 } } : {};
  return [
    {
      title: `listing ${running} machines`,
      value: `${short(ours)} ms, machinectl list ${short(tool)} ms: ${short(ratio)} times cheaper`,
      ...goal,
    },
    {
      title: `the same with ${images} images and a new connection`,
      value: `${short(median(times.everything))} ms`,
    },
  ];
};
