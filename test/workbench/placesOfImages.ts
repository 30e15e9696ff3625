import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image, machine, stopped, type Row } from './tree.ts';
import type { Click } from './withWorkbench.ts';

const unit = `[Unit]
Description=A machine that is a service of its own

[Service]
ExecStart=/usr/bin/systemd-nspawn --quiet --keep-unit --boot --register=yes --machine=nifty --directory=/srv/pool/nifty
KillMode=mixed
Type=notify
`;

export const preparePlacesOfImages = async (host: Host): Promise<void> => {
  const script = `
    mkdir -p /srv/pool /var/lib/container
    cp -a /var/lib/machines/linked /srv/pool/nifty
    cp -a /var/lib/machines/linked /var/lib/container/compatible
    cat >/etc/systemd/system/nifty.service; systemctl daemon-reload`;
  await host.run('sh', ['-c', script], { input: unit });
};

export const testPlacesOfImages = (click: Click): void => {
  click('are shown where systemd looks, and in the directories of a setting, and entered there', async (bench) => {
    const { workbench, host, server } = bench;
    const { tree, sideBar, terminal } = workbench;
    await sideBar.open('systemd-nspawn');
    await tree.row((row) => stopped('compatible')(row) && row.description.includes('directory'));
    assert.ok(!(await tree.rows()).some(image('nifty')));
    // A setting of the remote machine: no workspace and no other computer can name directories.
    const settings = `${server.userDataDirectory}/Machine/settings.json`;
    const script = 'mkdir -p "${1%/*}"; cat >"$1"';
    const input = JSON.stringify({ 'nspawn.imageDirectories': ['/srv/pool'] });
    await host.run('sh', ['-c', script, 'sh', settings], { input });
    await tree.row((row) => stopped('nifty')(row) && row.description.includes('/srv/pool'));
    assert.match(await tree.tooltip(image('compatible')), /^Path: \/var\/lib\/container\/compatible$/mu);
    await workbench.screenshot('images of several directories');
    await tree.chooseInContextMenu(stopped('nifty'), 'Open Shell Without Booting');
    await terminal.shows('~ #');
    await terminal.type('echo tried-$((6*7)) >/tried; cat /tried\n');
    await terminal.shows('tried-42');
    await terminal.closeAll();
    // Until then its directory is in use.
    await tree.row((row) => stopped('nifty')(row) && row.icon === 'codicon-package');
  });

  click('run as a service of their own, whose unit and journal the rows lead to', async ({ workbench, host }) => {
    const { tree, editor, terminal } = workbench;
    const started = await host.run('systemctl', ['start', 'nifty.service']);
    assert.equal(started.exitCode, 0, started.stderr);
    const runs = (row: Row): boolean => machine('nifty')(row) && row.icon === 'codicon-vm-running';
    await tree.row(runs);
    await tree.expand(runs);
    await tree.row((row) => row.label === 'Unit' && row.description === 'nifty.service');
    await workbench.screenshot('a service of its own');
    await tree.chooseInContextMenu(runs, 'Open Unit');
    await editor.shows('A machine that is a service of its own');
    await tree.chooseInContextMenu(runs, 'Show Status');
    await editor.shows('Unit: nifty.service');
    await tree.chooseInContextMenu(runs, 'Follow Journal');
    await terminal.shows('nifty.service');
    await workbench.screenshot('journal of a service of its own');
    await terminal.closeAll();
    await tree.pressButton(runs, 'Power Off');
    await tree.row(stopped('nifty'));
    const state = await host.run('systemctl', ['is-active', 'nifty.service']);
    assert.equal(state.stdout.trim(), 'inactive');
    await editor.closeAll();
  });
};
