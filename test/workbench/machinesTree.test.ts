import assert from 'node:assert/strict';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('machines and images', (click) => {
  click('look', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    await sideBar.open('systemd-nspawn');
    console.log(await tree.row('Images'));
    await workbench.screenshot('tree 1 images');
    const started = await host.run('machinectl', ['start', 'debian', 'busybox']);
    console.log(started);
    await tree.row((row) => row.label === 'debian' && /Debian/u.test(row.description));
    console.log(await tree.rows());
    await workbench.screenshot('tree 2 running');
    await tree.expand((row) => row.label === 'debian' && row.icon === 'codicon-vm-running');
    await tree.row('Journal');
    console.log(await tree.rows());
    await workbench.screenshot('tree 3 expanded');
    console.log(await tree.tooltip((row) => row.label === 'debian' && row.icon === 'codicon-vm-running'));
    await workbench.screenshot('tree 4 tooltip');
    console.log(await tree.tooltip('raw-disk'));
    for (const groupBy of ['os', 'slice', 'none']) {
      await workbench.changeSettings({ 'nspawn.groupBy': groupBy, 'nspawn.showHost': true });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      console.log(
        groupBy,
        (await tree.rows()).map((row) => [row.level, row.label, row.description].join(' | ')),
      );
      await workbench.screenshot(`tree 5 ${groupBy}`);
    }
    await workbench.changeSettings({ 'nspawn.filter': 'deb' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await workbench.screenshot('tree 6 filter');
    console.log(await sideBar.titleButtons());
    assert.ok(true);
  });
});
