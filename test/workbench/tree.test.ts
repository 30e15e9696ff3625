import assert from 'node:assert/strict';
import { imageNames } from '../host/installImages.ts';
import { image, machine, stopped } from './tree.ts';
import { withWorkbench } from './withWorkbench.ts';

const container = 'systemd-nspawn';

await withWorkbench('the view', (click) => {
  click('shows images and says that nothing runs', async ({ workbench }) => {
    const { tree, sideBar } = workbench;
    await sideBar.open(container);
    await sideBar.counts(`0 of ${Object.keys(imageNames).length} running`);
    for (const name of Object.values(imageNames)) await tree.row(name);
    const frozen = await tree.row(image(imageNames.frozen));
    assert.match(frozen.description, /subvolume .*read-only/);
    const disk = await tree.row(image(imageNames.rawDisk));
    assert.match(disk.description, /raw disk image · [\d.]+ MiB/);
    await workbench.screenshot('view images');
  });

  click('starts an image by the button of its row, and the row changes where it is', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    const { index } = await tree.row(image('debian'));
    await tree.click(image('debian'));
    await tree.pressButton(image('debian'), 'Start');
    await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    await tree.row((row) => machine('debian')(row) && row.description.startsWith('Debian'));
    await tree.row((one) => machine('debian')(one) && one.index === index && one.selected);
    assert.equal((await tree.rows()).filter((row) => row.label === 'debian').length, 1);
    await sideBar.counts('1 of ');
    const { stdout } = await host.run('machinectl', ['show', 'debian', '--property=State', '--value']);
    assert.equal(stdout.trim(), 'running');
    await workbench.screenshot('view running');
  });

  click('shows what is below a machine, each line openable', async ({ workbench }) => {
    const { tree } = workbench;
    await tree.expand(machine('debian'));
    await tree.row((row) => row.label === 'Unit' && row.description === 'systemd-nspawn@debian.service');
    for (const label of ['Leader', 'Root directory', '.nspawn file', 'Journal']) await tree.row(label);
    await workbench.screenshot('view expanded');
    await tree.click('Unit');
    await workbench.editor.shows('systemd-nspawn');
    await workbench.screenshot('unit');
    await workbench.editor.closeAll();
  });

  click('tells the rest in a tooltip', async ({ workbench }) => {
    const text = await workbench.tree.tooltip(machine('debian'));
    assert.match(text, /Operating system: Debian/);
    assert.match(text, /Unit: systemd-nspawn@debian\.service/);
    await workbench.screenshot('tooltip');
  });

  click('notices a machine that ends and one that starts elsewhere', async ({ workbench, host }) => {
    const { tree } = workbench;
    await host.run('machinectl', ['poweroff', 'debian']);
    await tree.gone(machine('debian'));
    await tree.row(stopped('debian'));
    const { exitCode } = await host.run('machinectl', ['start', 'debian']);
    assert.equal(exitCode, 0);
    await tree.row(machine('debian'));
  });

  click('notices images that come and go', async ({ workbench, host }) => {
    const { tree } = workbench;
    await host.run('machinectl', ['clone', 'frozen', 'click-new']);
    await tree.row(image('click-new'));
    await host.run('machinectl', ['remove', 'click-new']);
    await tree.gone(image('click-new'));
  });

  click('filters by its button, and clears the filter', async ({ workbench }) => {
    const { tree, sideBar, quickInput } = workbench;
    await sideBar.pressTitleButton('Filter Machines…');
    await quickInput.enter('RAW');
    await tree.gone(image('debian'));
    await tree.row(image(imageNames.rawDisk));
    await workbench.screenshot('filter');
    await sideBar.pressTitleButton('Clear Filter');
    await tree.row(image('debian'));
  });

  click('groups and sorts as asked', async ({ workbench }) => {
    const { tree, sideBar, quickInput } = workbench;
    await sideBar.chooseInTitleMenu('Group Machines By…');
    await workbench.screenshot('group by');
    await quickInput.choose('Running and stopped');
    await tree.row((row) => row.label === 'Stopped' && row.level === 1);
    await tree.row((row) => machine('debian')(row) && row.level === 2);
    await workbench.screenshot('by state');
    await sideBar.chooseInTitleMenu('Group Machines By…');
    await quickInput.choose('No groups');
    await tree.gone('Stopped');
    await tree.row((row) => machine('debian')(row) && row.level === 1);
    await sideBar.chooseInTitleMenu('Show Running Only');
    await tree.gone(image('frozen'));
    await tree.row(machine('debian'));
    await workbench.screenshot('running only');
    await sideBar.chooseInTitleMenu('Show Stopped, Too');
    await tree.row(image('frozen'));
    await workbench.changeSettings({ 'nspawn.groupBy': 'os' });
    await tree.row((row) => row.level === 1 && row.label.includes('Debian'));
    await workbench.screenshot('by os');
    await workbench.changeSettings({ 'nspawn.groupBy': 'state', 'nspawn.sortBy': 'size' });
    await tree.row('Stopped');
    await workbench.changeSettings({ 'nspawn.sortBy': 'size' });
    await tree.row((row) => image('debian')(row) && row.index === 0);
    await workbench.changeSettings({});
  });

  click('shows hidden images and the host only when a setting asks', async ({ workbench, host }) => {
    const { tree } = workbench;
    await host.run('cp', ['-a', '/var/lib/machines/frozen', '/var/lib/machines/.click-hidden']);
    assert.ok(!(await tree.rows()).some((row) => row.label.startsWith('.')));
    await workbench.changeSettings({ 'nspawn.showHidden': true, 'nspawn.showHost': true });
    await tree.row((row) => row.label === '.click-hidden');
    await tree.row((row) => row.label === '.host');
    await workbench.screenshot('hidden');
    await workbench.changeSettings({});
    await tree.gone((row) => row.label === '.click-hidden');
  });

  click('renders what a nasty image says as plain text', async ({ workbench, host }) => {
    const { tree, page } = workbench;
    await tree.row((row) => row.label === imageNames.nastyName);
    assert.ok((await tree.tooltip((row) => row.label === imageNames.nastyName)).includes(imageNames.nastyName));
    assert.equal(await page.locator('.monaco-hover:visible :is(a, b, img)').count(), 0);
    await workbench.screenshot('nasty name');
    await host.run('machinectl', ['start', imageNames.nasty]);
    const row = await tree.row((one) => machine(imageNames.nasty)(one) && one.description.includes('gnp.exe'));
    assert.ok(row.description.length < 200, row.description);
    assert.doesNotMatch(`${row.description}${row.ariaLabel}`, /[\p{Cc}\p{Cf}]/u);
    const tooltip = await tree.tooltip(machine(imageNames.nasty));
    assert.match(tooltip, /\[click\] ?\(command:/);
    assert.equal(await page.locator('.monaco-hover:visible :is(a, b, img, .codicon)').count(), 0);
    await workbench.screenshot('nasty running');
  });

  click('says so when the bus goes away, and comes back by itself', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    await host.run('systemctl', ['stop', 'dbus.socket', 'dbus.service']);
    await workbench.screenshot('bus away');
    await sideBar.says('bus does not answer');
    await tree.row(image('debian'));
    await workbench.screenshot('bus away');
    await host.run('systemctl', ['start', 'dbus.socket', 'dbus.service']);
    await sideBar.saysNothing();
    await host.run('machinectl', ['poweroff', 'debian']);
    await tree.gone(machine('debian'));
  });
});
