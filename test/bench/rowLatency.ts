import { setTimeout as sleep } from 'node:timers/promises';
import { image, machine } from '../workbench/tree.ts';
import type { BenchWorkbench } from './benchWorkbench.ts';
import { quantile } from './figure.ts';
import type { Figure } from './figure.ts';
import { told } from './latency.ts';
import { expectRow } from './pageProbe.ts';
import { prepareStarts, startOften } from './startOften.ts';

const quietMs = 700;

/** From `machinectl start` in another shell to the row in the real view. */
export const measureRowLatency = async ({ host, workbench }: BenchWorkbench): Promise<readonly Figure[]> => {
  await prepareStarts(host);
  await workbench.sideBar.open('systemd-nspawn');
  await workbench.tree.row(image('debian'));
  const starts = await startOften(host, async (name) => {
    await workbench.tree.gone(machine(name));
    // VS Code hands on the first change at once and what follows within 200 ms after them: the end of the last one is over.
    await sleep(quietMs);
    const { at } = await expectRow(workbench.page, `machine ${name}`);
    return at;
  });
  const whole = starts.map(({ began, seen }) => seen - began);
  return [
    {
      title: `from machinectl start in another shell to the row, ${starts.length} starts`,
      value: told(whole),
      goal: { text: 'p95 under 150 ms', met: quantile(whole, 0.95) < 150 },
    },
    {
      title: 'of that, after machined has registered the machine',
      value: told(starts.map(({ registered, seen }) => seen - registered)),
    },
    {
      title: 'beside it, machinectl start itself until it returns',
      value: told(starts.map(({ began, returned }) => returned - began)),
    },
  ];
};
