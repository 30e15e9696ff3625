import assert from 'node:assert/strict';
import { image } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench(
  'the machine of a terminal',
  (click) => {
    click(
      'stays when the window is loaded anew, ends with its terminal, and its snapshot is removed',
      async ({ workbench, host }) => {
        const { tree, terminal, quickInput, sideBar } = workbench;
        const copies = async (): Promise<string> => {
          const script = "machinectl list --no-legend | grep '^frozen-'; ls -A /var/lib/machines | grep '^[.]#[ms]'";
          return (await host.run('sh', ['-c', script])).stdout;
        };
        await sideBar.open('systemd-nspawn');
        await tree.chooseInContextMenu(image('frozen'), 'Run Ephemeral Copy');
        await quickInput.choose('Boot It');
        await until(workbench.page, 'the copy to run', async () =>
          (await copies()).includes('frozen-') ? true : undefined,
        );
        assert.match(await copies(), /[.]#/u);
        await workbench.screenshot('owned machine');
        const before = await copies();
        await workbench.page.reload();
        await workbench.page.locator('.part.sidebar').first().waitFor();
        await workbench.run('Terminal: Focus on Terminal View');
        // The terminal from before, and not a new shell.
        await terminal.shows('Network interface name');
        assert.equal(await copies(), before);
        await workbench.screenshot('owned machine reloaded');
        await terminal.closeAll();
        await until(workbench.page, 'the copy to be gone', async () => ((await copies()) === '' ? true : undefined));
        await workbench.screenshot('owned machine ended');
      },
    );
  },
  { settings: { 'terminal.integrated.enablePersistentSessions': true } },
);
