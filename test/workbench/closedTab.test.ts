import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image, machine } from './tree.ts';
import { until } from './wait.ts';
import type { Workbench } from './workbench.ts';
import { withWorkbench } from './withWorkbench.ts';

/** Longer than a window has to come back, on a busy machine. */
const patienceMs = 120_000;

/** Root's login shells in the machine. */
const shells = async (host: Host): Promise<number> =>
  Number((await host.run('sh', ['-c', "ps -eo args | grep -c '^/bin/bash -l$'"])).stdout);
const copies = async (host: Host): Promise<string> => {
  const script = "machinectl list --no-legend | grep '^frozen-'; ls -A /var/lib/machines | grep '^[.]#.*frozen'";
  return (await host.run('sh', ['-c', script])).stdout;
};

const openShell = async ({ tree, sideBar, terminal }: Workbench): Promise<void> => {
  await sideBar.open('systemd-nspawn');
  await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
  await tree.pressButton(machine('debian'), 'Open Shell');
  await terminal.shows('debian:~#');
};

// VS Code's server keeps terminals whose window is gone, and ends none of them by itself for hours.
await withWorkbench('terminals of a window that is gone', (click) => {
  click('end with what they run when the window is loaded anew and does not bring them back', async (bench) => {
    const { workbench, host } = bench;
    const { tree, quickInput, page } = workbench;
    await host.run('machinectl', ['start', 'debian']);
    await openShell(workbench);
    assert.equal(await shells(host), 1);
    await tree.chooseInContextMenu(image('frozen'), 'Run Ephemeral Copy');
    await quickInput.choose('Boot It');
    await until(page, 'the copy to run', async () => (await copies(host)).includes('frozen-'));
    await page.reload({ waitUntil: 'commit' });
    // The side bar may come back hidden: its state is kept a moment after it has changed.
    await page.locator('.part.activitybar').first().waitFor({ timeout: 60_000 });
    await until(page, 'the shell to end', async () => (await shells(host)) === 0, patienceMs);
    await until(page, 'the copy and its machine to be gone', async () => (await copies(host)) === '', patienceMs);
    await workbench.screenshot('window loaded anew without its terminals');
  });

  click('end when the tab is closed', async ({ workbench, host }) => {
    const { page } = workbench;
    await openShell(workbench);
    const url = page.url();
    await page.goto('about:blank');
    await until(page, 'the shell to end', async () => (await shells(host)) === 0, patienceMs);
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('.part.activitybar').first().waitFor({ timeout: 60_000 });
  });
});
