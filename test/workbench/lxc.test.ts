// A container of LXC beside machines of systemd-nspawn, from its row. VS Code's tools run in the network namespace of this
// machine, where LXC keeps its sockets, so what has happened is asked of the kernel's groups.
import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { hasBooted, makeAndBringBack, onlyThere } from './lxcFromTemplate.ts';
import { readJudgeAndMap } from './lxcConfiguration.ts';
import { startWithAllAndChange } from './lxcWhileRunning.ts';
import { runIn } from './place.ts';
import { image, machine, type Row, stopped } from './tree.ts';
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

const events = async (host: Host): Promise<string> =>
  (await host.run('cat', ['/sys/fs/cgroup/lxc.payload.web/cgroup.events'])).stdout;

/** As in a terminal of this VS Code. */
const inTerminal = (host: Host, ...command: readonly string[]): Promise<string> =>
  runIn({ enter: host.enter, user: undefined }, command);

await withWorkbench(
  'a container of LXC',
  (click) => {
    click('starts, opens a shell, stops, is copied, and its copy removed', async (bench) => {
      const { workbench, host } = bench;
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
      await hasBooted(bench, 'web');
      await tree.pressButton(machine('web'), 'Power Off');
      await tree.row(stopped('web'));
      // Its init ends before its group does.
      await until(workbench.page, 'its group to be gone', async () => (await payloads(host)) === '');
      await tree.chooseInContextMenu(stopped('web'), 'Clone…');
      await quickInput.enter('two');
      // Until then rows come and move, and a click on them may be meant for another one. It goes after some seconds.
      await workbench.statusBarShows('web cloned as two');
      await tree.row(stopped('two'));
      await tree.chooseInContextMenu(stopped('two'), 'Remove…');
      await workbench.screenshot('lxc remove');
      await dialog.press('Remove');
      await tree.gone(stopped('two'));
      await onlyThere(bench, 'web');
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
      for (const entry of [
        'Open Shell',
        'Power Off',
        'Reboot',
        'Clone…',
        'Terminate',
        'Unfreeze',
        'Open Configuration',
      ])
        assert.ok(entries.includes(entry), `${entry} of ${entries.join()}`);
      for (const entry of ['Open .nspawn File', 'Make Read-Only', 'Freeze', 'Open Unit', 'Follow Journal'])
        assert.ok(!entries.includes(entry), `${entry} of ${entries.join()}`);
      await inTerminal(host, 'lxc-unfreeze', '-n', 'web');
      await inTerminal(host, 'lxc-stop', '-n', 'web', '-k');
      await tree.row(stopped('web'));
    });

    click('is started with all that start at boot, and changed and waited for while it runs', startWithAllAndChange);

    click('has a configuration that is shown with what it includes, read by LXC, and given a user', readJudgeAndMap);

    click('is frozen and thawed, and its texts are opened', async ({ workbench, host }) => {
      const { tree, editor, dialog, notifications } = workbench;
      const isFrozen = (row: Row): boolean => machine('web')(row) && row.description.startsWith('frozen');
      await tree.pressButton(stopped('web'), 'Start');
      await tree.row(machine('web'));
      await tree.chooseInContextMenu(machine('web'), 'Freeze');
      await tree.row(isFrozen);
      assert.match(await events(host), /frozen 1/u);
      await tree.chooseInContextMenu(machine('web'), 'Open Shell');
      await notifications.find('web is frozen, and whatever entered it would be, too. Unfreeze it first.');
      await workbench.screenshot('lxc frozen by a click');
      await notifications.press('Unfreeze it first.', 'Unfreeze');
      await tree.row((row) => machine('web')(row) && row.description.startsWith('Box 1'));
      assert.match(await events(host), /frozen 0/u);
      await tree.chooseInContextMenu(machine('web'), 'Freeze');
      await tree.row(isFrozen);
      await tree.chooseInContextMenu(machine('web'), 'Unfreeze');
      await tree.row((row) => machine('web')(row) && row.description.startsWith('Box 1'));
      await tree.chooseInContextMenu(machine('web'), 'Open Log');
      await editor.opens('web.log');
      await editor.shows('lxc');
      await workbench.screenshot('lxc log');
      await tree.chooseInContextMenu(machine('web'), 'Open Configuration');
      await editor.opens('config');
      await editor.shows('lxc.net.0.type = empty');
      await workbench.screenshot('lxc configuration');
      await editor.closeAll();
      await tree.chooseInContextMenu(machine('web'), 'Take Snapshot…');
      await notifications.find('web is running. Stop it first.');
      await workbench.screenshot('lxc snapshot of what runs');
      await notifications.clear();
      await workbench.run('nspawn: Unfreeze');
      await notifications.find('None of the machines and images here offers this.');
      await workbench.screenshot('lxc nothing to unfreeze');
      await notifications.clear();
      await tree.chooseInContextMenu(machine('web'), 'Terminate');
      await dialog.press('Terminate');
      await tree.row(stopped('web'));
    });

    click('is kept as it is by snapshots, which are restored beside and over it, and deleted', async (bench) => {
      const { workbench, host } = bench;
      const { tree, quickInput, dialog } = workbench;
      const ls = async (path: string): Promise<string> => (await host.run('ls', [path])).stdout.trim();
      const later = '/var/lib/lxc/web/rootfs/later';
      await tree.chooseInContextMenu(stopped('web'), 'Restore Snapshot…');
      await workbench.notifications.find('web has no snapshot. Take Snapshot makes one.');
      await workbench.notifications.clear();
      await tree.chooseInContextMenu(stopped('web'), 'Take Snapshot…');
      await quickInput.headingWith('Take a snapshot of web');
      await workbench.screenshot('lxc take snapshot');
      await quickInput.enter('before the update');
      await workbench.statusBarShows('Snapshot of web taken');
      await host.run('touch', [later]);
      await tree.chooseInContextMenu(stopped('web'), 'Restore Snapshot…');
      await quickInput.headingWith('Restore a snapshot of web');
      const [item] = await quickInput.items();
      assert.deepEqual([item?.label, item?.detail], ['snap0', 'before the update']);
      assert.match(item?.description ?? '', /20\d\d/u);
      await workbench.screenshot('lxc snapshots');
      await quickInput.choose('snap0');
      await quickInput.headingWith('Restore snap0 of web');
      await workbench.screenshot('lxc restore where');
      await quickInput.choose('Beside It…');
      await quickInput.says('New name');
      await quickInput.enter('older');
      await workbench.statusBarShows('snap0 of web restored as older');
      await tree.row(stopped('older'));
      assert.doesNotMatch(await ls('/var/lib/lxc/older/rootfs'), /later/u);
      assert.equal(await ls(later), later);
      await tree.chooseInContextMenu(stopped('web'), 'Restore Snapshot…');
      await quickInput.choose('snap0');
      await quickInput.choose('Over It…');
      assert.match(
        (await dialog.read()).detail,
        /is lost; there is no way back. Its snapshots stay.\s+• snap0, .*before the update/u,
      );
      await workbench.screenshot('lxc restore over');
      await dialog.press('Restore');
      await workbench.statusBarShows('snap0 of web restored as web');
      assert.equal(await ls(later), '');
      await tree.chooseInContextMenu(stopped('web'), 'Take Snapshot…');
      await quickInput.headingWith('Take a snapshot of web');
      await quickInput.accept();
      await workbench.statusBarShows('Snapshot of web taken');
      await tree.chooseInContextMenu(stopped('web'), 'Remove…');
      assert.match((await dialog.read()).detail, /• web \(directory, snap0, snap1\)/u);
      await workbench.screenshot('lxc remove with snapshots');
      await dialog.press('Do Nothing');
      await tree.chooseInContextMenu(stopped('web'), 'Delete Snapshot…');
      await quickInput.choose('snap1');
      await dialog.read();
      await workbench.screenshot('lxc delete snapshot');
      await dialog.press('Delete');
      await workbench.statusBarShows('snap1 of web deleted');
      assert.equal(await ls('/var/lib/lxc/web/snaps'), 'snap0');
      await tree.chooseInContextMenu(stopped('older'), 'Remove…');
      await dialog.press('Remove');
      await tree.gone(stopped('older'));
    });

    click('runs as an ephemeral copy, which takes what was written in it along when it stops', async (bench) => {
      const { workbench, host } = bench;
      const { tree, quickInput, terminal } = workbench;
      const copy = 'web-ephemeral';
      await tree.chooseInContextMenu(stopped('web'), 'Run Ephemeral Copy');
      await quickInput.headingWith('Run a copy of web that is thrown away at the end');
      assert.equal(await quickInput.value(), copy);
      await workbench.screenshot('lxc ephemeral name');
      await quickInput.accept();
      await workbench.statusBarShows(`${copy} runs`);
      await tree.row(machine(copy));
      await tree.pressButton(machine(copy), 'Open Shell');
      await terminal.shows('built-in shell');
      await terminal.type('touch /made-here && echo made-$((6*7))\n');
      await terminal.shows('made-42');
      await workbench.screenshot('lxc ephemeral copy');
      await terminal.closeAll();
      await hasBooted(bench, copy);
      await tree.pressButton(machine(copy), 'Power Off');
      await tree.gone(image(copy));
      await onlyThere(bench, 'web');
      assert.doesNotMatch((await host.run('ls', ['/var/lib/lxc/web/rootfs'])).stdout, /made-here/u);
    });

    click('may share its name with an image of systemd-nspawn', async (bench) => {
      const { workbench, host } = bench;
      const { tree, page, dialog } = workbench;
      const twins = async (): Promise<readonly Row[]> => (await tree.rows()).filter(stopped('web'));
      await host.run('mkdir', ['-p', '/var/lib/machines/web/usr']);
      // The first row says its kind only when there is a second one.
      await until(page, 'two rows of one name that say their kind', async () => {
        const kinds = (await twins()).map(({ description }) => description.split(' · ')[0]);
        return kinds.sort().join() === 'LXC,systemd-nspawn';
      });
      await workbench.screenshot('lxc and its namesake');
      await host.run('rm', ['-r', '/var/lib/machines/web']);
      await until(page, 'one row of that name', async () => (await twins()).length === 1);
      await tree.chooseInContextMenu(stopped('web'), 'Remove…');
      await dialog.press('Remove');
      await tree.gone(stopped('web'));
      await onlyThere(bench, '');
    });

    click('is made from a template, packed, destroyed and brought back', makeAndBringBack);
  },
  { images: false, lxc: true, prepare },
);
