import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchWorkbench } from './benchWorkbench.ts';
import { startedProcesses, traceExtensionHost } from './extensionHost.ts';
import type { Figure } from './figure.ts';

const seconds = 60;
const settleMs = 20_000;

/** Files and sockets of machined, and directories of images. */
const ofMachined = /"[^"]*(?:\/run\/systemd|\/run\/dbus|\/var\/lib\/machines|\/etc\/systemd\/nspawn)/u;

/** A minute of the real extension host, with the view open and nothing happening. */
export const measureViewIdle = async ({ host }: BenchWorkbench): Promise<readonly Figure[]> => {
  // A new window looks over its folder once, with a process of VS Code's own.
  await sleep(settleMs);
  const lines = await traceExtensionHost(host, '%process,%file,connect', () => sleep(seconds * 1000));
  const started = startedProcesses(lines);
  const programs = lines.flatMap((line) => /execve\("([^"]+)"/u.exec(line)?.[1] ?? []);
  return [
    {
      title: `processes started by the extension host in ${seconds} idle seconds with the view open`,
      value:
        `${started.length}${programs.length === 0 ? '' : ` (${[...new Set(programs)].join(', ')})`}, ` +
        `and ${lines.filter((line) => ofMachined.test(line)).length} calls to what machined and images are seen by`,
      goal: { text: '0', met: started.length === 0 },
    },
  ];
};
