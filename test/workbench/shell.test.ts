import assert from 'node:assert/strict';
import { imageNames } from '../host/installImages.ts';
import { isReadmePictureWanted, updateReadmePicture } from './readmePicture.ts';
import { image, machine } from './tree.ts';
import { withWorkbench } from './withWorkbench.ts';

const { busybox } = imageNames;

await withWorkbench('what opens', (click) => {
  click('a shell, in which a typed command answers from inside the machine', async ({ workbench, host }) => {
    const { tree, sideBar, terminal } = workbench;
    await host.run('machinectl', ['start', 'debian', busybox]);
    await sideBar.open('systemd-nspawn');
    await tree.row((row) => machine('debian')(row) && row.description.startsWith('Debian'));
    await tree.pressButton(machine('debian'), 'Open Shell');
    await terminal.shows('debian:~#');
    await terminal.type('echo from-$((6*7))-in-$(cat /etc/hostname)-as-$(id -un)\n');
    await terminal.shows('from-42-in-debian-as-root');
    await workbench.screenshot('shell');
    await terminal.closeAll();
  });

  click('a shell in a machine without systemd, which says how it was entered', async ({ workbench }) => {
    const { tree, terminal } = workbench;
    await tree.pressButton(machine(busybox), 'Open Shell');
    await workbench.statusBarShows('entered by its namespaces');
    await terminal.shows('#');
    await terminal.type('echo from-$((6*7)); . /etc/os-release; echo $NAME; cat /run/booted\n');
    await terminal.shows('Infinite BusyBox');
    await terminal.shows('booted');
    assert.match((await terminal.names()).join(), /namespaces/);
    await workbench.screenshot('shell busybox');
    await terminal.closeAll();
  });

  click("a shell as one of the machine's own users", async ({ workbench }) => {
    const { tree, terminal, quickInput } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Open Shell as User…');
    await workbench.screenshot('users');
    await quickInput.choose('alice');
    await terminal.shows('$');
    await terminal.type('echo i-am-$(id -un)\n');
    await terminal.shows('i-am-alice');
    await terminal.closeAll();
  });

  click('the output of a command', async ({ workbench }) => {
    const { tree, terminal, quickInput } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Run Command…');
    await quickInput.enter('echo ran-$((6*7)) | tr a-z A-Z');
    await terminal.shows('RAN-42');
    await workbench.screenshot('run command');
    await terminal.closeAll();
  });

  click('a login', async ({ workbench }) => {
    const { tree, terminal } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Log In');
    await terminal.shows('login:');
    await terminal.closeAll();
  });

  click('status and properties as documents', async ({ workbench }) => {
    const { tree, editor } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Show Status');
    await editor.shows('Unit: systemd-nspawn@debian.service');
    await workbench.screenshot('status');
    await tree.chooseInContextMenu(machine('debian'), 'Show Properties');
    await editor.shows('Name=debian');
    await workbench.screenshot('properties');
    await editor.closeAll();
  });

  click('the .nspawn file, and one is made where there is none', async ({ workbench, host }) => {
    const { tree, editor } = workbench;
    await tree.chooseInContextMenu(image(busybox), 'Open .nspawn File');
    await editor.opens(`${busybox}.nspawn`);
    await editor.shows('Boot=yes');
    await workbench.screenshot('nspawn file');
    await editor.closeAll();
    await tree.chooseInContextMenu(image('debian'), 'Open .nspawn File');
    await workbench.dialog.press('Create');
    await editor.opens('debian.nspawn');
    await workbench.screenshot('nspawn file new');
    await editor.closeAll();
    const { exitCode } = await host.run('test', ['-e', '/etc/systemd/nspawn/debian.nspawn']);
    assert.equal(exitCode, 0);
  });

  click('the journal', async ({ workbench }) => {
    const { tree, terminal } = workbench;
    await tree.pressButton(machine('debian'), 'Follow Journal');
    await terminal.shows('systemd');
    await workbench.screenshot('journal of debian');
    await terminal.closeAll();
  });

  click('name and leader on the clipboard', async ({ workbench, host }) => {
    const { tree } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Copy Name');
    await workbench.clipboardHolds('debian');
    await tree.chooseInContextMenu(machine('debian'), 'Copy Leader PID');
    const { stdout } = await host.run('machinectl', ['show', 'debian', '--property=Leader', '--value']);
    await workbench.clipboardHolds(stdout.trim());
  });

  click('a copy that is thrown away', async ({ workbench, host }) => {
    const { tree, terminal, quickInput } = workbench;
    await tree.chooseInContextMenu(image('frozen'), 'Run Ephemeral Copy');
    await workbench.screenshot('ephemeral');
    await quickInput.choose('Only a Shell');
    await terminal.shows('#');
    await terminal.type('touch /made-here && echo made-$((6*7))\n');
    await terminal.shows('made-42');
    await tree.row((row) => row.ariaLabel.startsWith('machine frozen-'));
    await terminal.closeAll();
    const { exitCode } = await host.run('test', ['-e', '/var/lib/machines/frozen/made-here']);
    assert.notEqual(exitCode, 0);
  });

  click('a shell without booting', async ({ workbench, host }) => {
    const { tree, terminal } = workbench;
    await host.run('machinectl', ['clone', 'frozen', 'click-plain']);
    await tree.row(image('click-plain'));
    await tree.chooseInContextMenu(image('click-plain'), 'Open Shell Without Booting');
    await terminal.shows('#');
    await terminal.type('echo here-$((6*7)); ls /run/booted\n');
    await terminal.shows('here-42');
    // Its init would have made it.
    await terminal.shows('No such file');
    await terminal.closeAll();
  });

  click('a terminal by the profile in the + menu', async ({ workbench }) => {
    const { terminal, quickInput } = workbench;
    // The + menu is in the panel, so the panel is open; a profile of an extension does not open it.
    await workbench.run('Terminal: Create New Terminal');
    await terminal.shows('#');
    await workbench.run('Create New Terminal (With Profile)');
    await quickInput.choose('systemd-nspawn machine…');
    await workbench.screenshot('profile');
    await quickInput.choose('debian');
    // VS Code adds the terminal to the list without turning to it.
    await terminal.select('debian');
    await terminal.shows('debian:~#');
    await terminal.type('echo profile-$((6*7))\n');
    await terminal.shows('profile-42');
    await terminal.closeAll();
  });

  if (isReadmePictureWanted) click('is pictured for the README', updateReadmePicture);
});
