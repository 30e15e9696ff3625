// A container of LXC beside machines of systemd-nspawn, from its row. VS Code's tools run in the network namespace of this
// machine, where LXC keeps its sockets, so what has happened is asked of the kernel's groups.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { machine, stopped } from './tree.ts';
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

await withWorkbench(
  'a container of LXC',
  (click) => {
    click('starts, opens a shell, stops, is copied, renamed and removed', async ({ workbench, host }) => {
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
      await tree.chooseInContextMenu(stopped('two'), 'Remove…');
      await workbench.screenshot('lxc remove');
      await dialog.press('Remove');
      await tree.gone(stopped('two'));
      assert.equal((await host.run('ls', ['/var/lib/lxc'])).stdout.trim(), 'web');
      await workbench.screenshot('lxc menu');
    });
  },
  { images: false, lxc: true, prepare },
);
