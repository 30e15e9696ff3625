import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { imageNames } from '../host/installImages.ts';
import { image, machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import type { Click } from './withWorkbench.ts';

export const testSelecting = (click: Click): void => {
  click('of which some run offer both ways, and each acts on those that it fits', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    for (const name of ['pick-a', 'pick-b', 'pick-c']) await host.run('machinectl', ['clone', 'debian', name]);
    await host.run('machinectl', ['start', 'pick-b']);
    await sideBar.open('systemd-nspawn');
    await tree.row((row) => machine('pick-b')(row) && row.icon === 'codicon-vm-running');
    // The click opens the row, too.
    await tree.click(image('pick-a'));
    await tree.row('Path');
    await tree.click(image('pick-c'), { modifiers: ['Shift'] });
    assert.ok(
      (await tree.rows()).some((row) => row.label === 'Path' && row.selected),
      'its details are selected, too',
    );
    const entries = await tree.contextMenu(image('pick-c'));
    for (const entry of ['Start', 'Power Off', 'Remove…', 'Copy Name']) assert.ok(entries.includes(entry), entry);
    assert.equal(new Set(entries).size, entries.length, 'nothing is there twice');
    assert.ok(!entries.includes('Rename…'), 'what acts on one only is not offered');
    await workbench.screenshot('menu of several');
    assert.deepEqual(await tree.contextMenu('Path'), entries, 'a line below a machine has the menu of all, too');
    await tree.chooseInContextMenu('Path', 'Start');
    // Only what was stopped; which of the two is up first is theirs to decide.
    await workbench.statusBarShows('Started: pick-');
    await tree.row((row) => machine('pick-a')(row) && row.icon === 'codicon-vm-running');
    await tree.row((row) => machine('pick-c')(row) && row.icon === 'codicon-vm-running');
    // The lines below a machine are other ones than those below a stopped image, which takes selected ones away.
    await tree.row('Unit');
    await workbench.screenshot('several started');
  });

  click('leave the menu of another row whole after an action on them', async ({ workbench }) => {
    const { tree } = workbench;
    const entries = await tree.contextMenu(stopped('debian'));
    for (const entry of ['Clone…', 'Rename…', 'Boot in Terminal', 'Open .nspawn File'])
      assert.ok(entries.includes(entry), `${entry}: ${entries.join(', ')}`);
    for (const name of ['pick-a', 'pick-b', 'pick-c']) await tree.row(machine(name));
  });

  click('stay selected while rows are drawn anew, and after an action on them', async ({ workbench, host }) => {
    const { tree } = workbench;
    const names = ['keep-a', 'keep-b', 'keep-c'];
    for (const name of names) await host.run('machinectl', ['clone', imageNames.busybox, name]);
    await tree.row(image('keep-c'));
    await tree.click(image('keep-a'));
    await tree.click(image('keep-b'), { modifiers: ['Control'] });
    await tree.click(image('keep-c'), { modifiers: ['Control'] });
    const staySelected = (when: string): Promise<unknown> =>
      until(workbench.page, `all three to be selected ${when}`, async () => {
        const selected = (await tree.rows()).filter((row) => row.selected && row.level === 1);
        return isDeepStrictEqual(selected.map(({ label }) => label).sort(), names);
      });
    await staySelected('once they were clicked');
    await host.run('machinectl', ['start', 'keep-b']);
    await tree.row((row) => machine('keep-b')(row) && row.icon === 'codicon-vm-running');
    await staySelected('when one has started');
    await workbench.screenshot('three stay selected');
    await tree.chooseInContextMenu(image('keep-b'), 'Start');
    await workbench.statusBarShows('Started: keep-');
    await tree.row((row) => machine('keep-a')(row) && row.icon === 'codicon-vm-running');
    await tree.row((row) => machine('keep-c')(row) && row.icon === 'codicon-vm-running');
    await staySelected('after an action on them');
    await workbench.screenshot('three stay selected after an action');
  });
};
