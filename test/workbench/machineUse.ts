import assert from 'node:assert/strict';
import { imageNames } from '../host/installImages.ts';
import { image, machine } from './tree.ts';
import { until } from './wait.ts';
import type { Click } from './withWorkbench.ts';

const { debian } = imageNames;
const unit = `systemd-nspawn@${debian}.service`;

export const testMachineUse = (click: Click): void => {
  click('says on its row that it is frozen, and in its hover how much memory it holds', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    await sideBar.open('systemd-nspawn');
    await host.run('machinectl', ['start', debian]);
    await tree.row((row) => machine(debian)(row) && row.icon === 'codicon-vm-running');
    assert.equal((await host.run('systemctl', ['freeze', unit])).exitCode, 0);
    await tree.row(
      (row) => machine(debian)(row) && row.icon === 'codicon-debug-pause' && row.description.startsWith('frozen'),
    );
    await workbench.screenshot('frozen machine');
    await host.run('systemctl', ['thaw', unit]);
    await tree.row((row) => machine(debian)(row) && row.icon === 'codicon-vm-running');
    assert.match(await tree.tooltip(machine(debian)), /Tasks: \d+/u);
    await workbench.screenshot('hover of a machine');
  });

  click('stands on its row where the setting says so', async ({ workbench, host }) => {
    const { tree } = workbench;
    assert.doesNotMatch((await tree.row(machine(debian))).description, /\d+ (?:MiB|%)/u);
    // An idle machine uses nothing that is worth a word, and not every host counts memory.
    const busy = ['--machine', debian, '--quiet', '--unit=busy', 'sh', '-c', 'while :; do :; done'];
    // Its row says that it runs before its systemd listens.
    await until(workbench.page, 'the machine to run something', async () => {
      return (await host.run('systemd-run', busy)).exitCode === 0;
    });
    await workbench.changeSettings({ 'nspawn.showUse': true, 'nspawn.cgroups.interval': 1 });
    await tree.row((row) => machine(debian)(row) && /\d (?:MiB|%)/u.test(row.description));
    await workbench.screenshot('use on the row');
    await host.run('systemctl', ['--machine', debian, 'stop', 'busy']);
    await workbench.changeSettings({});
    await tree.row((row) => machine(debian)(row) && !/\d (?:MiB|%)/u.test(row.description));
  });

  click('leaves the sizes of all images on their rows when one is cloned', async ({ workbench, host }) => {
    const { tree } = workbench;
    await tree.row((row) => image(imageNames.busybox)(row) && /\d [KM]iB/u.test(row.description));
    await host.run('machinectl', ['clone', imageNames.busybox, 'sized']);
    await tree.row(image('sized'));
    for (let look = 0; look < 20; look++) {
      const { description } = await tree.row(image(imageNames.busybox));
      assert.match(description, /\d [KM]iB/u, 'its size has vanished');
      await workbench.page.waitForTimeout(100);
    }
  });
};
