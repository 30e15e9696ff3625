import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { image, machine } from './tree.ts';
import type { Click } from './withWorkbench.ts';

const deaf = ['deaf-a', 'deaf-b', 'deaf-c', 'deaf-d', 'deaf-e'];
const empty = ['empty-a', 'empty-b', 'empty-c', 'empty-d', 'empty-e'];

export const prepareMessages = async (host: Host): Promise<void> => {
  const init = 'rm "$1"; printf "#!/bin/sh\\nwhile :; do sleep 5; done\\n" >"$1"; chmod +x "$1"';
  for (const name of empty) await host.run('machinectl', ['clone', imageNames.noInit, name]);
  for (const name of deaf) {
    await host.run('machinectl', ['clone', imageNames.busybox, name]);
    await host.run('sh', ['-c', init, 'sh', `/var/lib/machines/${name}/sbin/init`]);
  }
};

export const testMessages = (click: Click): void => {
  click('that did not start is one notification with all of their names', async ({ workbench }) => {
    const { tree, sideBar, notifications } = workbench;
    await sideBar.open('systemd-nspawn');
    await tree.click(image('empty-a'));
    await tree.row('Path');
    await tree.click(image('empty-e'), { modifiers: ['Shift'] });
    await tree.chooseInContextMenu(image('empty-e'), 'Start');
    const { severity, message, buttons } = await notifications.find('5 machines did not start.');
    await workbench.screenshot('several did not start');
    assert.equal(severity, 'error');
    assert.ok(message.includes(`${empty.join(', ')}: execv(`), message);
    assert.deepEqual(buttons, ['Show Log']);
    await workbench.page.waitForTimeout(1_500);
    assert.equal((await notifications.all()).filter((one) => one.severity === 'error').length, 1);
    await notifications.clear();
  });

  click('that do not stop is one offer, and its button does nothing to what has ended', async ({ workbench, host }) => {
    const { tree, notifications, dialog } = workbench;
    await host.run('machinectl', ['start', ...deaf]);
    for (const name of deaf) await tree.row((row) => machine(name)(row) && row.icon === 'codicon-vm-running');
    // The click opens the row, and the lines below it move the others.
    await tree.click(machine('deaf-a'));
    await tree.row('Unit');
    await workbench.page.waitForTimeout(500);
    await tree.click(machine('deaf-e'), { modifiers: ['Shift'] });
    await tree.chooseInContextMenu(machine('deaf-e'), 'Kill…');
    await workbench.quickInput.choose('SIGKILL');
    await workbench.quickInput.choose('All Processes');
    const question = await dialog.read();
    assert.equal(question.message, 'Kill 5 machines?');
    assert.match(question.detail, /^They are ended at once, and what has not been saved is lost:\n• deaf-a\n/u);
    await workbench.screenshot('kill several');
    await dialog.press('Cancel');
    await tree.chooseInContextMenu(machine('deaf-e'), 'Power Off');
    const offer = await notifications.find('5 machines have not stopped within 10 seconds', 60_000);
    await workbench.screenshot('several have not stopped');
    assert.ok(offer.message.includes(deaf.join(', ')), offer.message);
    assert.equal((await notifications.all()).filter((one) => one.buttons.includes('Kill Now')).length, 1);
    await host.run('machinectl', ['kill', '--signal=SIGKILL', ...deaf]);
    await notifications.gone('Powering off');
    await notifications.press('have not stopped', 'Kill Now');
    await notifications.find(`Nothing was killed: all of them have ended meanwhile: ${deaf.join(', ')}.`);
    await workbench.screenshot('nothing was killed');
  });
};
