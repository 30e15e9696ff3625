import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { observe, type ObserverOptions } from '../host/observedHost.ts';
import type { Figure } from './figure.ts';

const seconds = 60;
const log = '/tmp/bench-idle.strace';

/** What our inventory does in a minute in which nothing happens: processes, and calls to files and sockets. */
export const measureIdle = async (
  host: Host,
  kinds: Pick<ObserverOptions, 'kinds'> = {},
): Promise<readonly Figure[]> => {
  const lines = async (pattern: string): Promise<number> =>
    Number((await host.run('grep', ['-c', '-E', pattern, log])).stdout);
  const wrapper = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=%process,%network,%file'];
  const observer = await observe(host, { wrapper, ...kinds });
  try {
    await observer.watch();
    await sleep(3000);
    const before = { processes: await lines('execve|fork'), calls: await lines('.') };
    await sleep(seconds * 1000);
    const processes = (await lines('execve|fork')) - before.processes;
    const calls = (await lines('.')) - before.calls;
    return [
      {
        title: `processes started in ${seconds} idle seconds`,
        value: `${processes}, and ${calls} calls to files and sockets`,
        goal: { text: '0', met: processes === 0 },
      },
    ];
  } finally {
    await observer.end();
  }
};
