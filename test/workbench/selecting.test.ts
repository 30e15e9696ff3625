import assert from 'node:assert/strict';
import { image, machine, stopped } from './tree.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('several rows', (click) => {
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
});
