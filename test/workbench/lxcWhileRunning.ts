import assert from 'node:assert/strict';
import { type Bench, hasBooted } from './lxcFromTemplate.ts';
import { machine, type Row, stopped } from './tree.ts';
import { until } from './wait.ts';

const line =
  (label: string, description: string) =>
  (row: Row): boolean =>
    row.label === label && row.description.includes(description);

/** Starts the stopped container `web` with all that start at boot, looks below its row, changes it while it runs, and waits for its end. */
export const startWithAllAndChange = async (bench: Bench): Promise<void> => {
  const { workbench, host } = bench;
  const { tree, sideBar, quickInput, notifications, dialog, page, editor } = workbench;
  const config = async (): Promise<string> => (await host.run('cat', ['/var/lib/lxc/web/config'])).stdout;
  await tree.chooseInContextMenu(stopped('web'), 'Enable at Boot');
  await tree.row((row) => stopped('web')(row) && row.description.includes('starts at boot'));
  await sideBar.chooseInTitleMenu('Start or Stop All That Start at Boot…');
  await quickInput.headingWith('Containers that start at boot');
  await workbench.screenshot('lxc all at boot');
  await quickInput.choose('Start');
  const question = await dialog.read();
  assert.match(question.detail, /• web/u);
  await workbench.screenshot('lxc all at boot named');
  await dialog.press('Start');
  await tree.row(machine('web'));
  await hasBooted(bench, 'web');
  await tree.expand(machine('web'));
  for (const [label, description] of [
    ['Control group', 'lxc.payload.web'],
    ['Backing store', 'dir'],
    ['Configuration', '/var/lib/lxc/web/config'],
    ['Log', 'web.log'],
  ] as const)
    await tree.row(line(label, description));
  await workbench.screenshot('lxc lines below');
  await tree.click(line('Configuration', 'config'));
  await editor.opens('config');
  await editor.closeAll();
  await tree.chooseInContextMenu(machine('web'), 'Set Parameter of Control Group…');
  await quickInput.headingWith('Parameters of');
  await quickInput.choose('cgroup.max.depth');
  await quickInput.headingWith('cgroup.max.depth');
  await workbench.screenshot('lxc set parameter');
  await quickInput.enter('5');
  await notifications.find('cgroup.max.depth is now 5.');
  await workbench.screenshot('lxc parameter set');
  assert.equal((await host.run('cat', ['/sys/fs/cgroup/lxc.payload.web/cgroup.max.depth'])).stdout.trim(), '5');
  await notifications.press('cgroup.max.depth is now 5.', 'Keep It for Later Starts');
  await until(page, 'the value to stand in the configuration', async () =>
    (await config()).includes('lxc.cgroup2.cgroup.max.depth = 5'),
  );
  await tree.chooseInContextMenu(machine('web'), 'Add Device…');
  await quickInput.headingWith('Add a device to web');
  await workbench.screenshot('lxc devices');
  await quickInput.choose('/dev/full');
  await notifications.find('The configuration of web has no rule about devices');
  await workbench.screenshot('lxc device refused');
  await notifications.clear();
  await tree.chooseInContextMenu(machine('web'), 'Wait for State…');
  await quickInput.headingWith('Wait for a state of web');
  await workbench.screenshot('lxc wait');
  await quickInput.choose('Stopped');
  await notifications.find('Waiting until web has stopped');
  await workbench.screenshot('lxc waiting');
  await sideBar.chooseInTitleMenu('Start or Stop All That Start at Boot…');
  await quickInput.headingWith('Containers that start at boot');
  await quickInput.choose('Power Off');
  assert.match((await dialog.read()).detail, /• web/u);
  await workbench.screenshot('lxc power off all');
  await dialog.press('Power Off');
  await notifications.find('web has stopped.');
  await tree.row(stopped('web'));
  await workbench.screenshot('lxc waited for');
  await notifications.clear();
  await tree.chooseInContextMenu(stopped('web'), 'Disable at Boot');
  await tree.row((row) => stopped('web')(row) && !row.description.includes('starts at boot'));
};
