import type { Host } from '../host/host.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';
import { measureInHost } from './measureInHost.ts';

interface Memory {
  readonly machines: number;
  readonly images: number;
  readonly heap: number;
  readonly rss: number;
}

/** What the inventory itself keeps; the rest of the process is Node. */
export const measureMemory = async (host: Host): Promise<readonly Figure[]> => {
  const { machines, images, heap, rss } = (await measureInHost(host, 'memory')) as Memory;
  const mebibytes = (bytes: number): string => `${short(bytes / 1024 / 1024)} MiB`;
  return [
    {
      title: `memory of ${machines} machines and ${images} images`,
      value: `${mebibytes(heap)} on the heap, in a process of ${mebibytes(rss)}`,
    },
  ];
};
