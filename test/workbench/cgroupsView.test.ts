import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../host/host.ts';
import { machine } from './tree.ts';
import type { Row } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const container = 'systemd-nspawn';
const root = '/sys/fs/cgroup';

const must = async (host: Host, file: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run(file, args);
  assert.equal(exitCode, 0, stderr);
  return stdout;
};

const openView = async ({ sideBar }: Workbench): Promise<void> => {
  await sideBar.open(container);
  await sideBar.setPane('Control Groups', true);
  await sideBar.setPane('Machines', false);
};

const isHierarchy = (row: Row): boolean => row.label === 'Unified hierarchy (v2)';
const group = (name: string): ((row: Row) => boolean) => {
  const fits = (row: Row): boolean => row.label === name && row.icon !== '';
  return Object.defineProperty(fits, 'name', { value: name });
};

await withWorkbench(
  'the view of control groups',
  (click) => {
    click('shows slices and services with what they use', async ({ workbench }) => {
      await openView(workbench);
      const { tree } = workbench;
      await tree.row(isHierarchy);
      const slice = await tree.row((row) => row.label === 'system.slice' && /^\d+ tasks/u.test(row.description));
      assert.equal(slice.icon, 'codicon-layers');
      await tree.expand(group('system.slice'));
      const service = await tree.row((row) => row.label === 'dbus.service' && /^\d+ task/u.test(row.description));
      assert.equal(service.icon, 'codicon-gear');
      await workbench.screenshot('control groups');
    });

    click('shows the processes of a service', async ({ workbench, host }) => {
      const { tree } = workbench;
      await tree.expand(group('systemd-journald.service'));
      const pid = (await must(host, 'systemctl', 'show', '-P', 'MainPID', 'systemd-journald')).trim();
      const row = await tree.row((one) => one.description.startsWith(`${pid} · `));
      assert.match(row.description, /systemd-journald/u);
      assert.match(await tree.tooltip((one) => one.description.startsWith(`${pid} · `)), /Command line: /u);
      assert.match(await tree.tooltip(group('systemd-journald.service')), /Unit: systemd-journald\.service/u);
      await tree.collapse(group('systemd-journald.service'));
      await tree.gone((one) => one.description.startsWith(`${pid} · `));
    });

    click('notices groups and processes that come and go', async ({ workbench, host }) => {
      const { tree } = workbench;
      await must(host, 'mkdir', `${root}/hello-world`);
      const row = await tree.row(group('hello-world'));
      assert.equal(row.icon, 'codicon-folder');
      await tree.expand(group('hello-world'));
      await tree.row('Nothing in it');
      await must(host, 'systemd-run', '--unit=click-sleep', 'sleep', '600');
      await tree.row(group('click-sleep.service'));
      const pid = (await must(host, 'systemctl', 'show', '-P', 'MainPID', 'click-sleep')).trim();
      await must(host, 'sh', '-c', 'echo "$1" > "$2"', 'sh', pid, `${root}/hello-world/cgroup.procs`);
      await tree.row((one) => one.description.startsWith(`${pid} · `));
      await must(host, 'kill', pid);
      await tree.gone((one) => one.description.startsWith(`${pid} · `));
      await tree.gone(group('click-sleep.service'));
      await must(host, 'rmdir', `${root}/hello-world`);
      await tree.gone(group('hello-world'));
    });

    click('keeps several groups selected while their figures change', async ({ workbench, host }) => {
      const { tree, page } = workbench;
      const names = ['dbus.service', 'system.slice'];
      await tree.click(group('dbus.service'));
      await tree.click(group('system.slice'), { modifiers: ['Control'] });
      const before = (await tree.row(group('system.slice'))).description;
      await must(host, 'systemd-run', '--unit=click-select', 'sleep', '600');
      await tree.row((row) => group('system.slice')(row) && row.description !== before);
      await until(page, 'both groups to be selected', async () => {
        const selected = (await tree.rows()).filter((row) => row.selected);
        return isDeepStrictEqual(selected.map(({ label }) => label).sort(), names);
      });
      await workbench.screenshot('two groups stay selected');
      await must(host, 'systemctl', 'stop', 'click-select');
      await tree.gone(group('click-select.service'));
      await tree.collapse(group('dbus.service'));
    });

    click('finds a process and opens the way to it', async ({ workbench, host }) => {
      const { tree, quickInput } = workbench;
      await must(host, 'systemd-run', '--unit=click-find', '--slice=click-deep', 'sleep', '4711');
      const pid = (await must(host, 'systemctl', 'show', '-P', 'MainPID', 'click-find')).trim();
      await workbench.run('nspawn: Find Process…');
      await quickInput.headingWith('Find Process');
      await quickInput.fill('sleep 4711');
      await quickInput.choose(`${pid} sleep`);
      const row = await tree.row((one) => one.selected && one.description.includes('sleep 4711'));
      assert.equal(row.level, 5);
      await workbench.screenshot('control group of a process');
      await must(host, 'systemctl', 'stop', 'click-find');
      await tree.gone(group('click-find.service'));
    });

    click('leads from a machine to its group', async ({ workbench, host }) => {
      const { tree, sideBar } = workbench;
      await must(host, 'machinectl', 'start', 'debian');
      await sideBar.setPane('Machines', true);
      await tree.chooseInContextMenu(machine('debian'), 'Show Control Group of Machine');
      const row = await tree.row((one) => one.selected && one.label === 'systemd-nspawn@debian.service');
      assert.equal(row.icon, 'codicon-vm-running');
      await tree.expand(group('systemd-nspawn@debian.service'));
      await tree.row('payload');
      await workbench.screenshot('control group of a machine');
    });

    click('filters by words, also what nobody has opened, and clears the filter', async ({ workbench }) => {
      await openView(workbench);
      const { tree, quickInput } = workbench;
      await workbench.run('nspawn: Filter Control Groups…');
      await quickInput.headingWith('Filter control groups');
      await quickInput.enter('PAYLOAD');
      await tree.gone(group('system.slice'));
      await tree.row('payload');
      await workbench.screenshot('control groups filtered');
      await workbench.run('nspawn: Clear Filter of Control Groups');
      await tree.row(group('system.slice'));
    });

    click('reads nothing while it is hidden, and is right again when it is shown', async ({ workbench, host }) => {
      await openView(workbench);
      const { tree, sideBar, page } = workbench;
      const filesOpen = async (): Promise<number> => {
        const script = 'for p in /proc/[0-9]*; do ls -l $p/fd 2>/dev/null; done | grep -c "/sys/fs/cgroup/" || true';
        return Number((await must(host, 'sh', '-c', script)).trim());
      };
      const shown = await filesOpen();
      assert.ok(shown > 5, `${shown} files of groups are open while the view is shown`);
      await page.locator('.part.activitybar .action-item', { has: page.locator('[aria-label^="Explorer"]') }).click();
      await must(host, 'mkdir', `${root}/made-unseen`);
      await until(page, `fewer than ${shown} files of groups to be open`, async () => (await filesOpen()) < shown);
      await sideBar.open(container);
      await tree.row(group('made-unseen'));
      await must(host, 'rmdir', `${root}/made-unseen`);
      await tree.gone(group('made-unseen'));
    });
  },
  { settings: { 'nspawn.cgroups.interval': 2 } },
);
