import assert from 'node:assert/strict';
import { image, stopped } from './tree.ts';
import type { Click } from './withWorkbench.ts';

export const testSameName = (click: Click): void => {
  click('is not what the row of that image means', async ({ workbench, host }) => {
    const { tree, sideBar, notifications, editor } = workbench;
    await sideBar.open('systemd-nspawn');
    await host.run('systemd-run', [
      ...['--unit=other', 'systemd-nspawn', '--directory=/var/lib/machines/busybox', '--machine=frozen', '--boot'],
    ]);
    await tree.row((row) => image('busybox')(row) && row.icon === 'codicon-vm-running');
    await tree.row(stopped('frozen'));
    await tree.chooseInContextMenu(image('frozen'), 'Show Status');
    await editor.shows('Path: /var/lib/machines/frozen');
    await workbench.screenshot('status of an image whose name a machine has');
    await tree.chooseInContextMenu(image('frozen'), 'Start');
    await notifications.find('Another image runs as frozen. Stop it first.');
    await workbench.screenshot('the name of an image is taken');
    await notifications.clear();
    await tree.pressButton(image('busybox'), 'Power Off');
    await tree.row(stopped('busybox'));
    assert.equal((await host.run('machinectl', ['list', '--no-legend'])).stdout.trim(), '');
  });
};
