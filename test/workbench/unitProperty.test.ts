import assert from 'node:assert/strict';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench(
  'a property that only systemd sets',
  (click) => {
    click('is set from the parameters of its group', async ({ workbench, host }) => {
      const { sideBar, tree, quickInput, page } = workbench;
      await sideBar.open('systemd-nspawn');
      await page.locator('.part.sidebar .pane-header[aria-label^="Control Groups"] .title').click();
      await tree.expand((row) => row.label === 'Unified hierarchy (v2)');
      await tree.chooseInContextMenu((row) => row.label === 'system.slice', 'Parameters of Control Group…');
      await quickInput.headingWith('Parameters of');
      await quickInput.fill('CPUQuota');
      await workbench.screenshot('property of a unit');
      await quickInput.choose('Property of the Unit…');
      await quickInput.choose('StartupCPUWeight');
      await quickInput.headingWith('Property of system.slice');
      await quickInput.enter('50');
      await quickInput.choose('Until Reboot');
      await workbench.statusBarShows('systemd has set StartupCPUWeight=50 of system.slice');
      await workbench.screenshot('property is set');
      const { stdout } = await host.run('systemctl', [
        'show',
        'system.slice',
        '--property=StartupCPUWeight',
        '--value',
      ]);
      assert.equal(stdout.trim(), '50');
    });
  },
  { images: false },
);
