import assert from 'node:assert/strict';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench(
  'a property that only systemd sets',
  (click) => {
    click('is set from the parameters of its group', async ({ workbench, host }) => {
      const { sideBar, tree, quickInput } = workbench;
      await sideBar.open('systemd-nspawn');
      await sideBar.setPane('Control Groups', true);
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

    click('is also one that a control group of v1 has, and a share of processor time', async ({ workbench, host }) => {
      const { tree, quickInput } = workbench;
      for (const [property, value, shown, kept] of [
        ['CPUQuota', '20%', 'CPUQuotaPerSecUSec', '200ms'],
        ['CPUShares', '512', 'CPUShares', '512'],
        ['StartupCPUShares', '256', 'StartupCPUShares', '256'],
        ['MemoryLimit', '4G', 'MemoryLimit', '4294967296'],
        ['BlockIOWeight', '300', 'BlockIOWeight', '300'],
        ['StartupBlockIOWeight', '200', 'StartupBlockIOWeight', '200'],
      ] as const) {
        await tree.chooseInContextMenu((row) => row.label === 'system.slice', 'Parameters of Control Group…');
        await quickInput.headingWith('Parameters of');
        await quickInput.fill(property);
        await quickInput.choose('Property of the Unit…');
        await quickInput.headingWith('Property of system.slice');
        await quickInput.choose(property);
        await quickInput.enter(value);
        await quickInput.choose('Until Reboot');
        await workbench.statusBarShows(`systemd has set ${property}=${value} of system.slice`);
        const { stdout } = await host.run('systemctl', ['show', 'system.slice', `--property=${shown}`, '--value']);
        assert.equal(stdout.trim(), kept, property);
      }
      await workbench.screenshot('properties of v1 are set');
    });
  },
  { images: false },
);
