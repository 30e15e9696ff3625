// A container of LXC beside machines of systemd-nspawn, from its row. VS Code's tools run in the network namespace of this
// machine, where LXC keeps its sockets, so what has happened is asked of the kernel's groups.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { runIn } from './place.ts';
import { machine, type Row, stopped } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

const create = `set -e
lxc-create -n web -t busybox
cd /var/lib/lxc/web
sed -i '/^lxc.net/d' config
printf 'lxc.net.0.type = empty\\n' >>config
sed -i /udhcpc/d rootfs/etc/init.d/rcS
printf 'ID=box\\nPRETTY_NAME="Box 1"\\n' >rootfs/etc/os-release
`;

const prepare = async (host: Host): Promise<void> => {
  const { exitCode, stderr } = await host.run('sh', ['-c', create]);
  assert.equal(exitCode, 0, stderr);
};

const payloads = async (host: Host): Promise<string> =>
  (await host.run('sh', ['-c', 'cd /sys/fs/cgroup && ls -d lxc.payload.* || true'])).stdout.trim();

/** As in a terminal of this VS Code. */
const inTerminal = (host: Host, ...command: readonly string[]): Promise<string> =>
  runIn({ enter: host.enter, user: undefined }, command);

await withWorkbench(
  'a container of LXC',
  (click) => {
    click('starts, opens a shell, stops, is copied, and its copy removed', async ({ workbench, host }) => {
      const { tree, sideBar, terminal, quickInput, dialog } = workbench;
      await sideBar.open('systemd-nspawn');
      await tree.row(stopped('web'));
      await workbench.screenshot('lxc stopped');
      await tree.pressButton(stopped('web'), 'Start');
      await tree.row((row) => machine('web')(row) && row.description.includes('Box 1'));
      assert.equal(await payloads(host), 'lxc.payload.web');
      await tree.expand(machine('web'));
      await workbench.screenshot('lxc running');
      await tree.pressButton(machine('web'), 'Open Shell');
      await terminal.shows('built-in shell');
      await terminal.type('echo from-$((6*7))-in-$(hostname)\n');
      await terminal.shows('from-42-in-web');
      await workbench.screenshot('lxc shell');
      await terminal.closeAll();
      // A signal before its init waits for it is lost.
      await sleep(2_000);
      await tree.pressButton(machine('web'), 'Power Off');
      await tree.row(stopped('web'));
      assert.equal(await payloads(host), '');
      await tree.chooseInContextMenu(stopped('web'), 'Clone…');
      await quickInput.enter('two');
      await tree.row(stopped('two'));
      // Until then rows come and move, and a click on them may be meant for another one.
      await workbench.statusBarShows('web cloned as two');
      await tree.chooseInContextMenu(stopped('two'), 'Remove…');
      await workbench.screenshot('lxc remove');
      await dialog.press('Remove');
      await tree.gone(stopped('two'));
      assert.equal((await host.run('ls', ['/var/lib/lxc'])).stdout.trim(), 'web');
    });

    click('follows what is done in a terminal, and offers what LXC can do and nothing else', async (bench) => {
      const { workbench, host } = bench;
      const { tree } = workbench;
      await inTerminal(host, 'lxc-start', '-n', 'web');
      await tree.row(machine('web'));
      await inTerminal(host, 'lxc-freeze', '-n', 'web');
      await tree.row((row) => machine('web')(row) && row.description.includes('frozen'));
      const entries = await tree.contextMenu(machine('web'));
      await workbench.screenshot('lxc frozen');
      for (const entry of ['Open Shell', 'Power Off', 'Reboot', 'Clone…', 'Terminate'])
        assert.ok(entries.includes(entry), `${entry} of ${entries.join()}`);
      for (const entry of ['Open .nspawn File', 'Make Read-Only', 'Run Ephemeral Copy', 'Open Unit', 'Follow Journal'])
        assert.ok(!entries.includes(entry), `${entry} of ${entries.join()}`);
      await inTerminal(host, 'lxc-unfreeze', '-n', 'web');
      await inTerminal(host, 'lxc-stop', '-n', 'web', '-k');
      await tree.row(stopped('web'));
    });

    click('may share its name with an image of systemd-nspawn', async ({ workbench, host }) => {
      const { tree, page, dialog } = workbench;
      const twins = async (): Promise<readonly Row[]> => (await tree.rows()).filter(stopped('web'));
      await host.run('mkdir', ['-p', '/var/lib/machines/web/usr']);
      await until(page, 'two rows of one name', async () => (await twins()).length === 2);
      assert.deepEqual((await twins()).map(({ description }) => description.split(' · ')[0]).sort(), [
        'LXC',
        'systemd-nspawn',
      ]);
      await workbench.screenshot('lxc and its namesake');
      await host.run('rm', ['-r', '/var/lib/machines/web']);
      await until(page, 'one row of that name', async () => (await twins()).length === 1);
      await tree.chooseInContextMenu(stopped('web'), 'Remove…');
      await dialog.press('Remove');
      await tree.gone(stopped('web'));
      assert.equal((await host.run('ls', ['/var/lib/lxc'])).stdout.trim(), '');
    });
  },
  { images: false, lxc: true, prepare },
);
