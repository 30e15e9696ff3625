import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { problemGone, problemShows } from './editFile.ts';
import { image } from './tree.ts';
import type { Click } from './withWorkbench.ts';

const missing = 'This host has no `/srv/later` that could be bound, so the machine does not start.';

export const prepareStartObstacles = async (host: Host): Promise<void> => {
  const text = '[Exec]\nBoot=yes\n\n[Files]\nBind=/srv/later:/data\n';
  await host.run('sh', [
    '-c',
    'mkdir -p "${1%/*}" && printf %s "$2" >"$1"',
    'sh',
    '/etc/systemd/nspawn/debian.nspawn',
    text,
  ]);
};

export const testStartObstacles = (click: Click): void => {
  click('stands on its line, and goes when it holds no longer and somebody comes back', async ({ workbench, host }) => {
    const { tree, editor, page, sideBar } = workbench;
    await sideBar.open('systemd-nspawn');
    await tree.chooseInContextMenu(image('debian'), 'Open .nspawn File');
    await editor.opens('debian.nspawn');
    await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
    await problemShows(page, missing);
    await workbench.screenshot('an obstacle on its line');
    await host.run('mkdir', ['/srv/later']);
    await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
    await workbench.run('File: Save without Formatting');
    await problemGone(page, 'bind-source-not-on-host');
    await host.run('rmdir', ['/srv/later']);
  });

  click('is what Validate says', async ({ workbench }) => {
    const { tree, editor, notifications } = workbench;
    await tree.chooseInContextMenu(image('debian'), 'Open .nspawn File');
    await editor.opens('debian.nspawn');
    await workbench.run('nspawn: Validate with systemd-nspawn');
    const { severity, message } = await notifications.find(missing);
    assert.equal(severity, 'error');
    assert.match(message, /^systemd-nspawn takes every line of this file, but would not start the machine: /u);
    await workbench.screenshot('Validate says the obstacle');
  });

  click('is what a failed start says', async ({ workbench }) => {
    const { tree, editor, notifications } = workbench;
    await tree.pressButton(image('debian'), 'Start');
    const { message, buttons } = await notifications.find(missing);
    assert.match(message, /^debian did not start: /u);
    assert.deepEqual(buttons, ['Open .nspawn File', 'Show Log']);
    await workbench.screenshot('Start says the obstacle');
    await notifications.press(missing, 'Open .nspawn File');
    await editor.opens('debian.nspawn');
  });

  click('is what Boot in Terminal says', async ({ workbench }) => {
    const { tree, terminal } = workbench;
    await tree.chooseInContextMenu(image('debian'), 'Boot in Terminal');
    await terminal.shows('Press Enter to close this terminal.');
    await workbench.screenshot('Boot in Terminal says the obstacle');
    await terminal.shows(missing);
    await terminal.closeAll();
  });
};
