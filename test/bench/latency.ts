import type { Host } from '../host/host.ts';
import { observe } from '../host/observedHost.ts';
import { quantile, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { prepareStarts, startOften } from './startOften.ts';

export const told = (times: readonly number[]): string =>
  `p50 ${short(quantile(times, 0.5))} ms, p95 ${short(quantile(times, 0.95))} ms`;

/** From `machinectl start` in another shell to our event. The machine itself takes most of it; `since` tells how much. */
export const measureLatency = async (host: Host): Promise<readonly Figure[]> => {
  await prepareStarts(host);
  const observer = await observe(host);
  try {
    await observer.watch();
    const starts = await startOften(host, (name) => {
      observer.changes.length = 0;
      return Promise.resolve(
        async () => (await observer.change((change) => change.kind === 'machineAdded' && change.id === name)).at,
      );
    });
    const whole = starts.map(({ began, seen }) => seen - began);
    return [
      {
        title: `from machinectl start in another shell to our event, ${starts.length} starts`,
        value: told(whole),
        goal: { text: 'p95 under 150 ms', met: quantile(whole, 0.95) < 150 },
      },
      {
        title: 'of that, after machined has registered the machine',
        value: told(starts.map(({ registered, seen }) => seen - registered)),
      },
    ];
  } finally {
    await observer.end();
  }
};
