import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

/** The machines of copies and what lies beside their image. */
const copies = async (host: Host): Promise<string> => {
  const script = "machinectl list --no-legend | grep '^frozen-'; ls -A /var/lib/machines | grep '^[.]#'";
  return (await host.run('sh', ['-c', script])).stdout;
};

await withWorkbench(
  'the machine of a terminal',
  (click) => {
    click(
      'stays when the window is loaded anew, ends with its terminal, and its snapshot is removed',
      async ({ workbench, host }) => {
        const { tree, terminal, quickInput, sideBar } = workbench;
        await sideBar.open('systemd-nspawn');
        await tree.chooseInContextMenu(image('frozen'), 'Run Ephemeral Copy');
        await quickInput.choose('Boot It');
        await until(workbench.page, 'the copy to run', async () => (await copies(host)).includes('frozen-'));
        assert.match(await copies(host), /[.]#/u);
        await workbench.screenshot('owned machine');
        const before = await copies(host);
        await workbench.page.reload({ waitUntil: 'commit' });
        await workbench.page.locator('.part.activitybar').first().waitFor({ timeout: 60_000 });
        await workbench.run('Terminal: Focus on Terminal View');
        // The terminal from before, and not a new shell.
        await terminal.shows('Network interface name');
        assert.equal(await copies(host), before);
        await workbench.screenshot('owned machine reloaded');
        await terminal.closeAll();
        await until(workbench.page, 'the copy to be gone', async () => (await copies(host)) === '');
        await workbench.screenshot('owned machine ended');
      },
    );

    click(
      'leaves its copy when systemd-nspawn is killed, and that is listed and removed',
      async ({ workbench, host }) => {
        const { tree, terminal, quickInput, notifications, dialog, sideBar, page } = workbench;
        const command = 'nspawn: Remove Left-Overs…';
        await sideBar.open('systemd-nspawn');
        await tree.row(image('frozen'));
        await workbench.run(command);
        await notifications.find('There are no left-overs');
        await notifications.clear();
        await tree.chooseInContextMenu(image('frozen'), 'Run Ephemeral Copy');
        await quickInput.choose('Boot It');
        await until(page, 'the copy to run', async () => (await copies(host)).includes('frozen-'));
        const machine = (await copies(host)).split(' ')[0] ?? '';
        await workbench.run(command);
        const { message } = await notifications.find('There is nothing to remove.');
        assert.ok(message.includes(`copy of frozen: machine ${machine}`), message);
        await workbench.screenshot('left-over in use');
        await notifications.clear();

        await host.run('pkill', ['-KILL', '-x', 'systemd-nspawn']);
        await host.run('machinectl', ['terminate', machine]);
        await until(page, 'its machine to be gone', async () => !(await copies(host)).includes('frozen-'));
        await until(page, 'the copy to be free', async () => {
          await workbench.run(command);
          return quickInput.headingWith('Remove Left-Overs').catch(() => undefined);
        });
        const [item] = await quickInput.items();
        assert.ok(item?.label === 'copy of frozen' && item.description.startsWith('subvolume, '), JSON.stringify(item));
        assert.match(item.detail, /^\/var\/lib\/machines\/\.#/u);
        await workbench.screenshot('left-overs');
        await quickInput.acceptTicked();
        const question = await dialog.read();
        assert.equal(question.message, 'Remove 1 left-over for good?');
        assert.match(
          question.detail,
          /What was changed in it since it was made is lost[^]*copy of frozen: \/var\/lib\/machines/u,
        );
        await workbench.screenshot('left-overs question');
        await dialog.press('Cancel');
        assert.match(await copies(host), /[.]#/u);
        await workbench.run(command);
        await quickInput.headingWith('Remove Left-Overs');
        await quickInput.items();
        await quickInput.acceptTicked();
        await dialog.press('Remove');
        await workbench.statusBarShows('1 left-over removed');
        assert.equal(await copies(host), '');
        await workbench.screenshot('left-overs removed');
        await terminal.closeAll();
      },
    );
  },
  { settings: { 'terminal.integrated.enablePersistentSessions': true } },
);

await withWorkbench(
  'the machine of a terminal whose user gains privileges by sudo',
  (click) => {
    click('ends with its terminal, whose image it holds', async ({ workbench, host }) => {
      const { tree, terminal, quickInput, sideBar, page } = workbench;
      const runs = async (): Promise<boolean> => (await host.run('machinectl', ['show', 'busybox'])).exitCode === 0;
      await sideBar.open('systemd-nspawn');
      await tree.chooseInContextMenu(image('busybox'), 'Boot in Terminal');
      await quickInput.headingWith('more privileges are needed');
      await quickInput.choose('Use sudo');
      await until(page, 'busybox to run', runs);
      await workbench.screenshot('booted in terminal');
      await terminal.closeAll();
      await until(page, 'busybox to end', async () => !(await runs()));
    });
  },
  { user: 'admin' },
);
