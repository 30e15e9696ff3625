import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { openFile } from './editFile.ts';
import type { Row } from './tree.ts';
import { type Click, withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const container = 'systemd-nspawn';
const memory = '/srv/cgroup-v1/memory';
const file = '/etc/cgconfig.conf';
const text = 'group click/deep {\n\tmemory {\n\t\tmemory.limit_in_bytes = 40000000;\n\t}\n}\n';

const said = async (host: Host, ...command: readonly [string, ...string[]]): Promise<string> =>
  (await host.run(command[0], command.slice(1))).stdout.trim();

const openView = async ({ sideBar }: Workbench): Promise<void> => {
  await sideBar.open(container);
  await sideBar.setPane('Control Groups', true);
  await sideBar.setPane('Machines', false);
};

const named = (label: string): ((row: Row) => boolean) =>
  Object.defineProperty((row: Row) => row.label === label && row.icon !== '', 'name', { value: label });
const memoryRow = named('memory (v1)');

/** Answers the questions of a new group, from its name on. */
const answerCreate = async (workbench: Workbench, name: string, bytes: string): Promise<void> => {
  const { quickInput, notifications } = workbench;
  await quickInput.headingWith('Create a control group');
  await quickInput.fill('cgroup.procs');
  await quickInput.says('The kernel names its own files like that');
  await quickInput.fill('../x');
  await quickInput.says('outside of its hierarchy');
  await quickInput.enter(name);
  await quickInput.headingWith(`Creating /${name}`);
  await quickInput.acceptTicked();
  await quickInput.headingWith('set a limit?');
  await quickInput.choose('Limit Its Memory');
  await quickInput.headingWith('memory.limit_in_bytes');
  await quickInput.fill('lots');
  await quickInput.says('The kernel wants a number of bytes');
  await quickInput.fill(bytes);
  await quickInput.says(bytes === '6000' ? '4096 bytes' : '39997440 bytes');
  await workbench.screenshot(`limit of ${name}`);
  await quickInput.accept();
  await notifications.find('memory.limit_in_bytes is now');
};

const declare = (click: Click): void => {
  click('makes a group of 40,000,000 bytes and says what the kernel made of it', async ({ workbench, host }) => {
    const { tree, notifications } = workbench;
    await openView(workbench);
    await tree.chooseInContextMenu(memoryRow, 'Create Control Group…');
    await answerCreate(workbench, 'helloworld', '40000000');
    await notifications.find('39997440: rounded down to whole pages of 4096 bytes');
    await tree.row(named('helloworld'));
    await workbench.screenshot('group made');
    assert.equal(await said(host, 'cat', `${memory}/helloworld/memory.limit_in_bytes`), '39997440');
  });

  click('runs a script in it, in a terminal', async ({ workbench }) => {
    const { tree, quickInput, terminal } = workbench;
    await tree.chooseInContextMenu(named('helloworld'), 'Run Command in Control Group…');
    await quickInput.headingWith('Run a command in /helloworld');
    await quickInput.enter('sh /tmp/lab.sh');
    await terminal.shows('hello from :memory:/helloworld');
    await workbench.statusBarShows('ended with exit code 0');
    await workbench.screenshot('ran in a group');
    await terminal.closeAll();
  });

  click('tells why a command in a group of 6000 bytes is killed', async ({ workbench, host }) => {
    const { tree, quickInput, notifications, terminal } = workbench;
    await tree.chooseInContextMenu(memoryRow, 'Create Control Group…');
    await answerCreate(workbench, 'tiny', '6000');
    assert.equal(await said(host, 'cat', `${memory}/tiny/memory.limit_in_bytes`), '4096');
    await tree.chooseInContextMenu(named('tiny'), 'Run Command in Control Group…');
    await quickInput.headingWith('Run a command in /tiny');
    await quickInput.enter('sh /tmp/lab.sh');
    const { severity, message } = await notifications.find('The kernel killed');
    assert.equal(severity, 'error');
    assert.match(message, /limit is 4096 bytes.*Killed process/u);
    await workbench.screenshot('killed by the kernel');
    await terminal.closeAll();
  });

  click('shows the parameters of a group and changes one', async ({ workbench, host }) => {
    const { tree, quickInput, notifications } = workbench;
    await tree.pressButton(named('helloworld'), 'Parameters of Control Group…');
    await quickInput.headingWith('Parameters of /helloworld');
    await quickInput.fill('memory.limit_in_bytes');
    const items = await quickInput.items();
    const item = items.find(({ label }) => label === 'memory.limit_in_bytes');
    assert.match(item?.description ?? '', /^39997440/u, JSON.stringify(items));
    assert.match(item?.detail ?? '', /most memory/u);
    await workbench.screenshot('parameters');
    await quickInput.choose('memory.limit_in_bytes');
    await quickInput.headingWith('/helloworld: memory.limit_in_bytes');
    await quickInput.fill('50 MB');
    await quickInput.says('The kernel wants');
    await quickInput.enter('50000000');
    await notifications.find('memory.limit_in_bytes is now 49999872');
    assert.equal(await said(host, 'cat', `${memory}/helloworld/memory.limit_in_bytes`), '49999872');
  });

  click('freezes and thaws a group, and kills what runs in it', async ({ workbench, host }) => {
    const { tree, dialog, notifications } = workbench;
    const state = (): Promise<string> => said(host, 'cat', '/srv/cgroup-v1/freezer/helloworld/freezer.state');
    const line = 'cgexec -g memory:/helloworld sleep 1000 >/dev/null 2>&1 & echo $!';
    const pid = await said(host, 'sh', '-c', line);
    await tree.chooseInContextMenu(named('helloworld'), 'Freeze Control Group');
    const offer = await dialog.read();
    assert.match(offer.message, /Create \/helloworld in the hierarchy of the freezer\?/u);
    assert.match(offer.detail, new RegExp(`${pid} sleep`, 'u'));
    await workbench.screenshot('freezer missing');
    await dialog.press('Create and Freeze');
    await tree.row((row) => row.label === 'helloworld' && row.description.startsWith('frozen'));
    assert.equal(await state(), 'FROZEN');
    await workbench.screenshot('frozen');
    await tree.chooseInContextMenu(named('helloworld'), 'Thaw Control Group');
    await tree.row((row) => row.label === 'helloworld' && !row.description.startsWith('frozen'));
    assert.equal(await state(), 'THAWED');
    await tree.chooseInContextMenu(named('helloworld'), 'Kill All Processes of Control Group…');
    const question = await dialog.read();
    assert.match(question.message, /Kill everything that runs in \/helloworld\?/u);
    assert.match(question.detail, new RegExp(`${pid} sleep`, 'u'));
    await dialog.press('Kill');
    await workbench.statusBarShows('no process is left');
    assert.equal(await said(host, 'cat', `${memory}/helloworld/cgroup.procs`), '');
    await notifications.gone('Killing what runs in');
  });

  click('writes a group as it is to a cgconfig.conf', async ({ workbench }) => {
    const { tree, editor } = workbench;
    await tree.chooseInContextMenu(named('helloworld'), 'Snapshot Control Group to cgconfig.conf');
    await editor.shows('group helloworld {');
    const shown = await editor.shows('memory.limit_in_bytes = 49999872;');
    assert.doesNotMatch(shown, /soft_limit/u);
    await workbench.screenshot('snapshot of a group');
  });

  click('names what is lost before it deletes', async ({ workbench, host }) => {
    const { tree, dialog, quickInput } = workbench;
    const line = 'cgexec -g memory,freezer:/helloworld sleep 1000 >/dev/null 2>&1 & echo $!';
    const pid = await said(host, 'sh', '-c', line);
    await tree.chooseInContextMenu(named('helloworld'), 'Delete Control Group…');
    // Freezing it has made it there, too.
    await quickInput.headingWith('Deleting /helloworld');
    await quickInput.acceptTicked();
    const { message, detail, buttons } = await dialog.read();
    assert.match(message, /Delete \/helloworld \(memory, freezer\)\?/u);
    assert.match(detail, /^Processes in there: 1$/mu);
    assert.match(detail, new RegExp(`${pid} sleep`, 'u'));
    assert.deepEqual([...buttons].sort(), [
      'Cancel',
      'Do Nothing',
      'Kill Processes and Delete',
      'Move Processes up and Delete',
    ]);
    await workbench.screenshot('delete a group');
    await dialog.press('Move Processes up and Delete');
    await tree.gone(named('helloworld'));
    for (const controller of ['memory', 'freezer'])
      assert.match(await said(host, 'cat', `/proc/${pid}/cgroup`), new RegExp(`:${controller}:\\/$`, 'mu'));
    assert.equal(await said(host, 'sh', '-c', 'ls -d /srv/cgroup-v1/*/helloworld 2>/dev/null'), '');
    await host.run('kill', [pid]);
    await tree.chooseInContextMenu(named('tiny'), 'Delete Control Group…');
    await dialog.press('Delete');
    await tree.gone(named('tiny'));
  });

  click(
    'applies a cgconfig.conf from what it would change, by the buttons of the message and of the comparison',
    async (bench) => {
      const { workbench } = bench;
      const { notifications, dialog, page } = workbench;
      await openFile(workbench, file);
      await workbench.run('nspawn: Preview Changes to Control Groups');
      const { buttons } = await notifications.find('Groups to make: 1. Parameters to set: 1.');
      assert.deepEqual(buttons, ['Apply…']);
      await workbench.screenshot('preview of cgconfig.conf');
      await notifications.press('Groups to make', 'Apply…');
      assert.match((await dialog.read()).message, /Apply cgconfig\.conf\?/u);
      await dialog.press('Cancel');
      // The comparison has the focus, which is no file.
      await page.locator('.editor-actions .action-label[aria-label^="Apply cgconfig.conf"]').click();
      assert.match((await dialog.read()).message, /Apply cgconfig\.conf\?/u);
      await workbench.screenshot('apply from the comparison');
      await dialog.press('Cancel');
      await workbench.editor.closeAll();
    },
  );

  click('moves a process to a group that was made by hand, and shows it there', async ({ workbench, host }) => {
    const { tree, quickInput } = workbench;
    await host.run('systemd-run', ['--quiet', '--unit=lab', 'sleep', '4711']);
    const pid = await said(host, 'systemctl', 'show', '--value', '--property=MainPID', 'lab');
    await host.run('mkdir', [`${memory}/byhand`]);
    await workbench.run('nspawn: Find Process…');
    await quickInput.fill('sleep 4711');
    await quickInput.choose(`${pid} sleep`);
    const isIn = (level: number) => (row: Row) => row.label === 'sleep' && row.selected && row.level === level;
    await tree.row(isIn(4));
    await workbench.screenshot('process found');
    await tree.chooseInContextMenu(isIn(4), 'Move Process to Control Group…');
    await quickInput.headingWith(`Move process ${pid} to`);
    const [first] = await quickInput.items();
    assert.equal(first?.description, 'memory (v1) /byhand');
    await workbench.screenshot('groups to move to');
    await quickInput.choose('byhand');
    await workbench.statusBarShows(`process ${pid} moved to /byhand`);
    await tree.row(isIn(3));
    assert.match(await tree.tooltip(isIn(3)), /v2\): \/system\.slice\/lab\.service\nmemory \(v1\): \/byhand$/u);
    await workbench.screenshot('process moved');
    assert.equal(await said(host, 'cat', `${memory}/byhand/cgroup.procs`), pid);
    await host.run('systemctl', ['stop', 'lab']);
    await host.run('rmdir', [`${memory}/byhand`]);
  });

  click('makes a group in two hierarchies, runs a command in both at once, and deletes it from both', async (bench) => {
    const { workbench, host } = bench;
    const { tree, quickInput, dialog, terminal, notifications, page } = workbench;
    const widget = page.locator('.quick-input-widget:visible');
    const ticked = (count: number): Promise<void> =>
      widget.locator('.quick-input-count', { hasText: new RegExp(`^${count}\\b`, 'u') }).waitFor();
    const tick = async (directory: string): Promise<void> => {
      // What is ticked from the start comes a moment after the list, and takes away what was ticked before.
      await ticked(1);
      await widget.locator('.monaco-list-row', { hasText: directory }).first().click();
      await ticked(2);
    };
    const there = (): Promise<string> => said(host, 'sh', '-c', 'ls -d /srv/cgroup-v1/*/both 2>/dev/null');
    await tree.chooseInContextMenu(memoryRow, 'Create Control Group…');
    await quickInput.headingWith('Create a control group');
    await quickInput.enter('both');
    await quickInput.headingWith('Creating /both');
    await tick('/srv/cgroup-v1/pids');
    await workbench.screenshot('two hierarchies');
    await quickInput.acceptTicked();
    // First: it goes after some seconds, and the question stays.
    await workbench.statusBarShows('/both (memory, pids) created');
    await quickInput.headingWith('set a limit?');
    await quickInput.choose('No Limit');
    assert.equal(await there(), '/srv/cgroup-v1/memory/both\n/srv/cgroup-v1/pids/both');
    await tree.chooseInContextMenu(named('both'), 'Run Command in Control Group…');
    await quickInput.headingWith('Run a command in /both (memory, pids)');
    await workbench.screenshot('run in two hierarchies');
    await quickInput.enter('sed -nE "s/^[0-9]+:(memory|pids):/in \\1 /p" /proc/self/cgroup');
    await terminal.shows('in memory /both');
    await terminal.shows('in pids /both');
    await workbench.screenshot('ran in two hierarchies');
    await terminal.closeAll();
    await tree.chooseInContextMenu(named('both'), 'Delete Control Group…');
    await quickInput.headingWith('Deleting /both');
    await workbench.screenshot('delete from which hierarchies');
    await quickInput.acceptTicked();
    const { message } = await dialog.read();
    assert.equal(message, 'Delete /both (memory, pids)?');
    await workbench.screenshot('delete from two hierarchies');
    await dialog.press('Delete');
    await workbench.statusBarShows('/both (memory, pids) deleted');
    assert.equal(await there(), '');
    await notifications.gone('Deleting');
    assert.deepEqual(await notifications.all(), []);
  });

  click('shows what a cgconfig.conf will change, applies it, and takes its groups away again', async (bench) => {
    const { workbench, host } = bench;
    const { notifications, dialog, tree } = workbench;
    await openFile(workbench, file);
    await workbench.run('nspawn: Apply cgconfig.conf…');
    const question = await dialog.read();
    assert.match(question.message, /Apply cgconfig\.conf\?/u);
    assert.match(question.detail, /Groups to make: 1\. Parameters to set: 1\./u);
    await workbench.screenshot('apply');
    assert.equal(await said(host, 'sh', '-c', `ls -d ${memory}/click 2>/dev/null`), '');
    await dialog.press('Apply');
    await notifications.find('cgconfig.conf is applied. Groups made: 1.');
    assert.equal(await said(host, 'cat', `${memory}/click/deep/memory.limit_in_bytes`), '39997440');
    await tree.row(named('click'));
    await notifications.clear();
    await openFile(workbench, file);
    await workbench.run('nspawn: Delete Control Groups of cgconfig.conf…');
    assert.match((await dialog.read()).detail, /\/click\/deep/u);
    await dialog.press('Delete');
    await workbench.statusBarShows('Control groups deleted: 1');
    assert.equal(await said(host, 'sh', '-c', `ls -d ${memory}/click/deep 2>/dev/null`), '');
  });
};

await withWorkbench('what can be done to control groups', declare, {
  v1: true,
  images: false,
  settings: { 'nspawn.cgroups.interval': 2 },
  prepare: async (host) => {
    const script = 'echo "hello from $(grep -o ":memory:.*" /proc/self/cgroup)"\n';
    await host.run('sh', ['-c', 'cat >/tmp/lab.sh'], { input: script });
    await host.run('sh', ['-c', `cat >${file}`], { input: text });
  },
});
