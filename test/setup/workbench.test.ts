import { withWorkbench } from '../workbench/withWorkbench.ts';
import { machine } from '../workbench/tree.ts';

await withWorkbench('a workbench', (click) => {
  click('opens on a host and shows our view', async ({ workbench, host }) => {
    await host.run('machinectl', ['start', 'busybox']);
    await workbench.sideBar.open('systemd-nspawn');
    await workbench.tree.row(machine('busybox'));
  });
});
