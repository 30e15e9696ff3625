import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { machineBooted } from '../host/machineBooted.ts';
import { answerWithFile } from './editFile.ts';
import { image, machine } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

const pickTitle = 'more privileges are needed';

/** A machine that runs before anybody could ask its image, and a container as LXC makes its directory: closed to everybody but root. */
const prepare = async (host: Host): Promise<void> => {
  const script = `set -e
    mkdir -p /var/lib/lxc/box/rootfs /var/lib/lxc/box/snaps/snap0
    cd /var/lib/lxc/box
    echo lxc.uts.name = box >config
    echo lxc.rootfs.path = dir:/var/lib/lxc/box/rootfs >>config
    cp config snaps/snap0
    echo kept >snaps/snap0/comment
    chmod 770 .`;
  const { exitCode, stderr } = await host.run('sh', ['-c', script]);
  assert.equal(exitCode, 0, stderr);
  const started = await host.run('machinectl', ['start', 'busybox']);
  assert.equal(started.exitCode, 0, started.stderr);
};

await withWorkbench(
  'a user who may do nothing',
  (click) => {
    click('sees everything', async ({ workbench, host }) => {
      await host.run('machinectl', ['start', 'debian']);
      await workbench.sideBar.open('systemd-nspawn');
      await workbench.tree.row((row) => machine('debian')(row) && row.description.startsWith('Debian'));
      await workbench.tree.row(image('busybox'));
      await workbench.screenshot('unprivileged');
    });

    click('gets the choice how to gain privileges, and giving up is silent', async ({ workbench, host }) => {
      const { tree, quickInput, notifications } = workbench;
      await tree.pressButton(image('busybox'), 'Start');
      const { title } = await quickInput.headingWith(pickTitle);
      assert.match(title, /Starting .*busybox/);
      const labels = (await quickInput.items()).map((item) => item.label);
      assert.ok(
        labels.some((label) => label.includes('Use sudo')),
        JSON.stringify(labels),
      );
      await workbench.screenshot('privileges');
      await quickInput.cancel();
      await tree.row((row) => image('busybox')(row) && !row.description.includes('starting'));
      await notifications.gone('Starting busybox');
      assert.deepEqual(await notifications.all(), []);
      const { exitCode } = await host.run('machinectl', ['show', 'busybox']);
      assert.notEqual(exitCode, 0);
    });

    click('is asked for the password by the tool itself, in the terminal', async ({ workbench }) => {
      const { tree, quickInput, terminal, notifications } = workbench;
      await tree.pressButton(image('busybox'), 'Start');
      await quickInput.headingWith(pickTitle);
      await quickInput.choose('Use sudo');
      await terminal.shows('assword');
      await workbench.screenshot('sudo');
      await terminal.closeAll();
      await notifications.clear();
    });

    click('gets the choice for a shell too', async ({ workbench }) => {
      const { tree, quickInput } = workbench;
      await tree.pressButton(machine('debian'), 'Open Shell');
      await quickInput.headingWith(pickTitle);
      await workbench.screenshot('privileges shell');
      await quickInput.cancel();
    });
  },
  { user: 'tester' },
);

await withWorkbench(
  'a user whose sudo asks nothing',
  (click) => {
    click('reads by sudo what systemd shows to administrators only', async ({ workbench }) => {
      const { tree, sideBar, quickInput } = workbench;
      await sideBar.open('systemd-nspawn');
      const withheld = 'Operating system';
      await tree.expand(machine('busybox'));
      const { description } = await tree.row(withheld);
      assert.equal(description, 'administrators only, click to read it');
      await workbench.screenshot('withheld');
      await tree.click(withheld);
      await quickInput.headingWith(pickTitle);
      await quickInput.choose('Use sudo');
      await tree.row((row) => machine('busybox')(row) && row.description.includes('BusyBox'));
      await tree.gone(withheld);
      await workbench.screenshot('withheld read');
      await tree.collapse(machine('busybox'));
    });

    click('starts a machine by sudo, without a terminal', async ({ workbench }) => {
      const { tree, sideBar, quickInput } = workbench;
      await sideBar.open('systemd-nspawn');
      await tree.pressButton(image('debian'), 'Start');
      await quickInput.headingWith(pickTitle);
      await quickInput.choose('Use sudo');
      await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    });

    click('opens a shell by sudo', async ({ workbench, host }) => {
      const { tree, quickInput, terminal } = workbench;
      // Until then it is entered by its namespaces, with another prompt.
      await machineBooted(host, 'debian');
      await tree.pressButton(machine('debian'), 'Open Shell');
      await quickInput.headingWith(pickTitle);
      await quickInput.choose('Use sudo');
      await terminal.shows('debian:~#');
      await terminal.type('echo i-am-$(id -un)-in-$(cat /etc/hostname)\n');
      await terminal.shows('i-am-root-in-debian');
      await terminal.closeAll();
    });

    click('reads by sudo what a container keeps from this user', async ({ workbench }) => {
      const { tree, quickInput, editor } = workbench;
      const bySudo = async (entry: string): Promise<void> => {
        await tree.chooseInContextMenu(image('box'), entry);
        await quickInput.headingWith(pickTitle);
        await quickInput.choose('Use sudo');
      };
      await bySudo('Open Configuration');
      await editor.opens('box: configuration');
      await editor.shows('lxc.uts.name = box');
      await workbench.screenshot('closed configuration');
      await editor.closeAll();
      await bySudo('Restore Snapshot…');
      const found = await until(workbench.page, 'the list of snapshots', async () =>
        (await quickInput.items()).find(({ label }) => label === 'snap0'),
      );
      assert.equal(found.detail, 'kept');
      await quickInput.cancel();
    });

    click('packs by sudo what a container keeps from this user, who has the archive', async ({ workbench, host }) => {
      const { tree, quickInput, notifications } = workbench;
      const archive = '/home/admin/box.tar.gz';
      await tree.chooseInContextMenu(image('box'), 'Back Up as Archive…');
      await answerWithFile(workbench, 'Back up box as an archive', archive);
      await quickInput.headingWith(pickTitle);
      await quickInput.choose('Use sudo');
      await notifications.find(`box is packed in ${archive}, without its snapshots.`);
      assert.equal((await host.run('stat', ['-c', '%U %a', archive])).stdout, 'admin 600\n');
    });
  },
  // 262 keeps from others than administrators what a machine is.
  { suite: 'forky', user: 'admin', lxc: true, prepare },
);
