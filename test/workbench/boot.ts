import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image, stopped } from './tree.ts';
import type { Click } from './withWorkbench.ts';

/** What systemd itself says of the unit of a machine. */
const bootState = async (host: Host, name: string): Promise<string> =>
  (await host.run('systemctl', ['is-enabled', `systemd-nspawn@${name}.service`])).stdout.trim();

export const testBoot = (click: Click): void => {
  click('is seen on the row, below it and in its tooltip, and the menu has the one entry that fits', async (bench) => {
    const { workbench, host } = bench;
    const { tree, sideBar } = workbench;
    await sideBar.open('systemd-nspawn');
    const entries = async (name: string): Promise<readonly string[]> =>
      (await tree.contextMenu(image(name))).filter((entry) => entry.endsWith('at Boot'));
    assert.deepEqual(await entries('linked'), ['Enable at Boot']);
    await tree.expand(image('linked'));
    await tree.row((row) => row.label === 'At boot' && row.description === 'does not start when this system boots');
    await tree.chooseInContextMenu(image('linked'), 'Enable at Boot');
    await workbench.statusBarShows('linked will start at boot');
    await tree.row((row) => stopped('linked')(row) && row.description.includes(' · starts at boot'));
    await tree.row((row) => row.label === 'At boot' && row.description === 'starts when this system boots');
    const link = 'Link: /etc/systemd/system/machines.target.wants/systemd-nspawn@linked.service';
    assert.match(await tree.tooltip(image('linked')), new RegExp(`^starts at boot\\n${link}$`, 'mu'));
    assert.match(await tree.tooltip('At boot'), new RegExp(`\\n${link}$`, 'mu'));
    assert.equal((await host.run('test', ['-L', link.slice('Link: '.length)])).exitCode, 0);
    await workbench.screenshot('enabled at boot');
    assert.equal(await bootState(host, 'linked'), 'enabled');
    assert.deepEqual(await entries('linked'), ['Disable at Boot']);
    await tree.collapse(image('linked'));
  });

  click('is seen when somebody else changes it', async ({ workbench: { tree }, host }) => {
    await host.run('machinectl', ['disable', 'linked']);
    await tree.row((row) => stopped('linked')(row) && !row.description.includes('starts at boot'));
    await host.run('machinectl', ['enable', 'linked']);
    await tree.row((row) => stopped('linked')(row) && row.description.includes(' · starts at boot'));
  });

  click('goes along when an image is renamed, and away when it is removed', async ({ workbench, host }) => {
    const { tree, quickInput, dialog } = workbench;
    await host.run('machinectl', ['clone', 'busybox', 'boots']);
    await host.run('machinectl', ['enable', 'boots']);
    await tree.row((row) => stopped('boots')(row) && row.description.includes(' · starts at boot'));
    await tree.chooseInContextMenu(image('boots'), 'Rename…');
    await quickInput.enter('moved');
    await workbench.statusBarShows('boots is now named moved, and starts at boot under this name');
    await tree.row((row) => stopped('moved')(row) && row.description.includes(' · starts at boot'));
    await workbench.screenshot('renamed with its start at boot');
    // systemd 257 says not-found of an instance that is not enabled, others say disabled.
    assert.deepEqual([await bootState(host, 'moved'), await bootState(host, 'boots')], ['enabled', 'disabled']);
    await tree.chooseInContextMenu(image('moved'), 'Remove…');
    await dialog.press('Remove');
    await workbench.statusBarShows('moved removed, and not started at boot any more');
    await tree.gone(image('moved'));
    assert.equal(await bootState(host, 'moved'), 'disabled');
    const failed = await host.run('systemctl', ['list-unit-files', '--no-legend', 'systemd-nspawn@moved.service']);
    assert.equal(failed.stdout.trim(), '');
  });

  click('ends with a name that no machine can have, and that is said', async ({ workbench, host }) => {
    const { tree, quickInput, notifications } = workbench;
    await host.run('machinectl', ['clone', 'busybox', 'boots']);
    await host.run('machinectl', ['enable', 'boots']);
    await tree.row((row) => stopped('boots')(row) && row.description.includes(' · starts at boot'));
    await tree.chooseInContextMenu(image('boots'), 'Rename…');
    await quickInput.enter('a_b');
    const { severity } = await notifications.find('boots is now named a_b. It does not start at boot any more');
    assert.equal(severity, 'warning');
    await workbench.screenshot('renamed to no name of a machine');
    assert.equal(await bootState(host, 'boots'), 'disabled');
    await host.run('machinectl', ['remove', 'a_b']);
  });

  click('of several is changed where it fits', async ({ workbench, host }) => {
    const { tree } = workbench;
    for (const name of ['pick-a', 'pick-b', 'pick-c']) await host.run('machinectl', ['clone', 'busybox', name]);
    await host.run('machinectl', ['enable', 'pick-b']);
    await tree.row((row) => stopped('pick-b')(row) && row.description.includes(' · starts at boot'));
    await tree.row(image('pick-c'));
    await tree.click(image('pick-a'));
    await tree.click(image('pick-b'), { modifiers: ['Control'] });
    await tree.click(image('pick-c'), { modifiers: ['Control'] });
    await tree.chooseInContextMenu(image('pick-a'), 'Enable at Boot');
    await workbench.statusBarShows('They will start at boot: pick-');
    for (const name of ['pick-a', 'pick-b', 'pick-c'])
      await tree.row((row) => stopped(name)(row) && row.description.includes(' · starts at boot'));
    await workbench.screenshot('several enabled');
    for (const name of ['pick-a', 'pick-b', 'pick-c']) assert.equal(await bootState(host, name), 'enabled');
  });
};
