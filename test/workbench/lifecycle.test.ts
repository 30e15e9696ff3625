import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { image, machine, stopped } from './tree.ts';
import { withWorkbench } from './withWorkbench.ts';

/** Gives an image an init that waits for no signal: a shell. */
const makeDeaf = async (host: Host, name: string): Promise<void> => {
  const script = 'rm "$1"; printf "#!/bin/sh\\nwhile :; do sleep 5; done\\n" >"$1"; chmod +x "$1"';
  await host.run('sh', ['-c', script, 'sh', `/var/lib/machines/${name}/sbin/init`]);
};

await withWorkbench('the life of machines and images', (click) => {
  click('powers a machine off by the button of its row', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    await sideBar.open('systemd-nspawn');
    await tree.pressButton(image('debian'), 'Start');
    await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    await tree.pressButton(machine('debian'), 'Power Off');
    await tree.gone(machine('debian'));
    const { stdout } = await host.run('machinectl', ['list', '--no-legend']);
    assert.equal(stdout.trim(), '');
  });

  click('says why a machine did not start, with a button to its log', async ({ workbench }) => {
    const { tree, notifications, terminal } = workbench;
    await tree.chooseInContextMenu(image(imageNames.noInit), 'Start');
    const { severity, buttons } = await notifications.find('did not start');
    assert.equal(severity, 'error');
    assert.deepEqual(buttons, ['Show Log']);
    await tree.row(
      (row) =>
        image(imageNames.noInit)(row) && row.icon === 'codicon-error' && row.description.startsWith('did not start'),
    );
    await workbench.screenshot('did not start');
    await notifications.press('did not start', 'Show Log');
    await terminal.shows('systemd-nspawn');
    await workbench.screenshot('journal');
    await terminal.closeAll();
    await workbench.run('nspawn: Show Output');
    await workbench.output.shows('did not start');
    await workbench.screenshot('output');
    await workbench.run('View: Hide Panel');
  });

  click('powers BusyBox off in the way that its init knows, and offers to have systemd do so', async (bench) => {
    const { workbench, host } = bench;
    const { tree, notifications, editor } = workbench;
    await tree.pressButton(image(imageNames.busybox), 'Start');
    await tree.row((row) => machine(imageNames.busybox)(row) && row.icon === 'codicon-vm-running');
    await tree.chooseInContextMenu(machine(imageNames.busybox), 'Log In');
    const console = await notifications.find('busybox has no console to log in to');
    assert.deepEqual(console.buttons, ['Open Shell']);
    await workbench.screenshot('no console');
    await notifications.clear();
    await tree.pressButton(machine(imageNames.busybox), 'Power Off');
    await tree.gone(machine(imageNames.busybox));
    const { buttons } = await notifications.find('BusyBox powers off by SIGUSR2');
    assert.deepEqual(buttons, ['Set KillSignal=SIGUSR2']);
    await workbench.screenshot('BusyBox is off');
    await notifications.press('BusyBox powers off by SIGUSR2', 'Set KillSignal=SIGUSR2');
    await editor.opens('busybox.nspawn');
    await workbench.statusBarShows('KillSignal=SIGUSR2 is set in /etc/systemd/nspawn/busybox.nspawn');
    await workbench.screenshot('KillSignal is set');
    const { stdout } = await host.run('cat', ['/etc/systemd/nspawn/busybox.nspawn']);
    assert.match(stdout, /^\[Exec\]\nKillSignal=SIGUSR2\nBoot=yes\n/u);
    await host.run('machinectl', ['start', imageNames.busybox]);
    await workbench.page.waitForTimeout(2_000);
    // Now systemd itself stops it, far below its own limit of 90 seconds.
    const stopping = await host.run('timeout', ['30', 'systemctl', 'stop', 'systemd-nspawn@busybox.service']);
    assert.equal(stopping.exitCode, 0);
  });

  click('offers to kill a machine that has not stopped after ten seconds', async ({ workbench, host }) => {
    const { tree, notifications } = workbench;
    await makeDeaf(host, imageNames.busybox);
    await tree.pressButton(image(imageNames.busybox), 'Start');
    await tree.row((row) => machine(imageNames.busybox)(row) && row.icon === 'codicon-vm-running');
    await tree.pressButton(machine(imageNames.busybox), 'Power Off');
    await tree.row((row) => machine(imageNames.busybox)(row) && row.description.startsWith('powering off'));
    await workbench.screenshot('powering off');
    const { severity, buttons } = await notifications.find('busybox has not stopped within 10 seconds', 60_000);
    assert.deepEqual([severity, buttons], ['warning', ['Kill Now']]);
    await workbench.screenshot('has not stopped');
    await notifications.press('busybox has not stopped', 'Kill Now');
    await tree.gone(machine(imageNames.busybox));
    await notifications.gone('Powering off');
    const { stdout } = await host.run('machinectl', ['list', '--no-legend']);
    assert.equal(stdout.trim(), '');
  });

  click('can be cancelled while it waits', async ({ workbench, host }) => {
    const { tree, notifications } = workbench;
    await makeDeaf(host, 'linked');
    await tree.pressButton(image('linked'), 'Start');
    await tree.row((row) => machine('linked')(row) && row.icon === 'codicon-vm-running');
    await tree.pressButton(machine('linked'), 'Power Off');
    await notifications.press('Powering off', 'Cancel');
    await tree.row((row) => machine('linked')(row) && row.icon === 'codicon-vm-running');
    const { exitCode } = await host.run('machinectl', ['show', 'linked']);
    assert.equal(exitCode, 0);
  });

  click('clones an image and checks the name while it is typed', async ({ workbench, host }) => {
    const { tree, quickInput } = workbench;
    await tree.chooseInContextMenu(image('frozen'), 'Clone…');
    await quickInput.fill('debian');
    await quickInput.says('already an image');
    await quickInput.fill('a/b');
    await quickInput.says('not allowed');
    await quickInput.fill('a_b');
    await quickInput.says('cannot be started');
    await workbench.screenshot('name problem');
    await quickInput.enter('click-clone');
    await tree.row(image('click-clone'));
    const { exitCode } = await host.run('machinectl', ['show-image', 'click-clone']);
    assert.equal(exitCode, 0);
  });

  click('renames an image', async ({ workbench }) => {
    const { tree, quickInput } = workbench;
    await tree.chooseInContextMenu(image('click-clone'), 'Rename…');
    assert.equal(await quickInput.value(), 'click-clone');
    await quickInput.enter('click-renamed');
    await tree.row(image('click-renamed'));
    await tree.gone(image('click-clone'));
  });

  click('makes an image read-only and writable again', async ({ workbench, host }) => {
    const { tree } = workbench;
    const isReadOnly = async (): Promise<string> =>
      (await host.run('machinectl', ['show-image', 'click-renamed', '--property=ReadOnly', '--value'])).stdout.trim();
    const before = await isReadOnly();
    const entry = before === 'yes' ? 'Make Writable' : 'Make Read-Only';
    await tree.chooseInContextMenu(image('click-renamed'), entry);
    await tree.row((row) => image('click-renamed')(row) && row.description.includes('read-only') === (before === 'no'));
    assert.notEqual(await isReadOnly(), before);
  });

  click('asks before it removes, and removes', async ({ workbench, host }) => {
    const { tree, dialog } = workbench;
    await tree.chooseInContextMenu(image('click-renamed'), 'Remove…');
    const question = await dialog.read();
    assert.match(question.message, /Remove .*click-renamed.* for good\?/);
    assert.match(question.detail, /no way back/);
    await workbench.screenshot('remove');
    await dialog.press('Cancel');
    const kept = await host.run('machinectl', ['show-image', 'click-renamed']);
    assert.equal(kept.exitCode, 0);
    await tree.chooseInContextMenu(image('click-renamed'), 'Remove…');
    await dialog.press('Remove');
    await tree.gone(image('click-renamed'));
    const gone = await host.run('machinectl', ['show-image', 'click-renamed']);
    assert.notEqual(gone.exitCode, 0);
  });

  click('asks one question for several images', async ({ workbench, host }) => {
    const { tree, dialog } = workbench;
    for (const name of ['click-a', 'click-b']) await host.run('machinectl', ['clone', 'frozen', name]);
    // A row that comes moves others out from under the mouse.
    for (const name of ['click-a', 'click-b']) await tree.row(image(name));
    await tree.click(image('click-a'));
    await tree.click(image('click-b'), { modifiers: ['Control'] });
    await tree.chooseInContextMenu(image('click-b'), 'Remove…');
    const { detail } = await dialog.read();
    assert.match(detail, /click-a/);
    assert.match(detail, /click-b/);
    await workbench.screenshot('remove several');
    await dialog.press('Remove');
    await tree.gone(image('click-a'));
    await tree.gone(image('click-b'));
  });

  click('asks for the image when it is run from the palette', async ({ workbench }) => {
    const { tree, quickInput } = workbench;
    await tree.click(stopped('debian'));
    await workbench.run('nspawn: Start');
    const names = (await quickInput.items()).map(({ label }) => label);
    // The row that the keyboard is on comes first, and is chosen.
    assert.equal(names[0], 'debian', JSON.stringify(names));
    assert.ok(names.includes('frozen'), JSON.stringify(names));
    await workbench.screenshot('pick to start');
    await quickInput.acceptTicked();
    await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
  });
});
