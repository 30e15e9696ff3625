import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Host } from '../host/host.ts';
import { readLines } from './editor.ts';
import { openFile, takeFix } from './editFile.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const file = '/etc/cgconfig.conf';
const old =
  'group web {\n\tcpu {\n\t\tcpu.shares = 512;\n\t}\n\tmemory {\n\t\tmemory.limit_in_bytes = 40000000;\n\t\tmemory.swappiness = 10;\n\t}\n}\n';
const rules = 'root cpu web\n';

const write = (host: Host, text: string): Promise<unknown> =>
  host.run('sh', ['-c', 'printf %s "$1" >/etc/cgconfig.conf; printf %s "$2" >/etc/cgrules.conf', 'sh', text, rules]);
const onHost = async (host: Host): Promise<string> => (await host.run('cat', [file])).stdout;

/** Waits until a side of the comparison shows the text. */
const sideShows = (page: Page, side: 'original' | 'modified', wanted: string): Promise<true> =>
  until(page, `${side} text with ${JSON.stringify(wanted)}`, async () => {
    const text = await page.locator(`.monaco-diff-editor .editor.${side} .view-line`).evaluateAll(readLines);
    return text.includes(wanted) ? true : undefined;
  });

/** Of all editors that are side by side. */
const somewhereShows = (page: Page, wanted: string): Promise<true> =>
  until(page, `an editor with ${JSON.stringify(wanted)}`, async () => {
    const text = await page.locator('.part.editor .editor-instance .view-line').evaluateAll(readLines);
    return text.includes(wanted) ? true : undefined;
  });

/** An editor that is open already shows what the file holds only a while after it was written. */
const open = async ({ workbench, host }: { workbench: Workbench; host: Host }, text = old): Promise<void> => {
  await workbench.editor.closeAll();
  await write(host, text);
  await openFile(workbench, file);
  const withoutSpace = (shown: string): string => shown.replace(/\s+/gu, '');
  await until(workbench.page, 'the editor to show the whole file', async () =>
    withoutSpace(await workbench.editor.text()) === withoutSpace(text) ? true : undefined,
  );
};

await withWorkbench(
  'the migration of control groups',
  (click) => {
    click('shows a file beside what it is for v2, by a fix, and takes it over as one change', async (bench) => {
      const { workbench, host } = bench;
      const { page, editor, notifications } = workbench;
      await open({ workbench, host });
      await takeFix(workbench, 'group web', 'Convert to control groups v2');
      await sideShows(page, 'original', 'memory.limit_in_bytes = 40000000;');
      await sideShows(page, 'modified', 'cpu.weight = 50;');
      await sideShows(page, 'modified', '# memory.swappiness = 10;');
      const { message } = await notifications.find('One thing is not the same in control groups v2');
      assert.match(message, /Nothing has been changed yet/u);
      await workbench.screenshot('file for v2');
      assert.equal(await onHost(host), old);
      await notifications.press('One thing is not the same', 'Apply');
      await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
      await editor.shows('cpu.weight = 50;');
      await editor.shows('memory.max = 40000000;');
      assert.equal(await onHost(host), old, 'it is not saved');
      await page.locator('.part.editor .editor-group-container.active .view-lines').first().click();
      await page.keyboard.press('Control+Z');
      await editor.shows('cpu.shares = 512;');
      await workbench.run('File: Revert File');
    });

    click('takes over what a command shows, by the button above it', async ({ workbench, host }) => {
      const { page, editor, notifications } = workbench;
      await open({ workbench, host });
      await workbench.run('nspawn: Convert to Control Groups v2…');
      await sideShows(page, 'modified', 'cpu.weight = 50;');
      await notifications.clear();
      await page.locator('.editor-actions').getByRole('button', { name: 'Apply This Text' }).first().click();
      await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
      await editor.shows('memory.max = 40000000;');
      await page.keyboard.press('Control+S');
      await page.locator('.part.editor .tab.active.dirty').waitFor({ state: 'detached' });
      assert.match(await onHost(host), /^group web \{\n\tcpu \{\n\t\tcpu\.weight = 50;\n/u);
      await workbench.run('nspawn: Convert to Control Groups v2…');
      await notifications.find('This file is for control groups v2 already.');
    });

    click('shows units beside the file, and writes them where systemd finds them after a question', async (bench) => {
      const { workbench, host } = bench;
      const { page, notifications, quickInput, dialog } = workbench;
      await open({ workbench, host });
      await workbench.run('nspawn: Convert to systemd Units…');
      await somewhereShows(page, '# /etc/systemd/system/web.slice');
      await somewhereShows(page, 'MemoryMax=40000000');
      await somewhereShows(page, 'cpu.shares = 512');
      await workbench.screenshot('units for systemd');
      await notifications.press('Files for systemd: 2.', 'Write These Files…');
      await quickInput.headingWith('Write the Files to…');
      await quickInput.choose('/etc/systemd/system');
      const { message, detail } = await dialog.read();
      assert.match(message, /Write these files to \/etc\/systemd\/system\?/u);
      assert.equal(detail, '/etc/systemd/system/web.slice\n/etc/systemd/system/user-0.slice.d/50-cgrules.conf');
      await workbench.screenshot('units to write');
      await dialog.press('Write');
      await notifications.press('The files are written.', 'Reload systemd');
      await until(page, 'systemd to know the slice', async () => {
        const shown = await host.run('systemctl', ['show', '--property=CPUWeight,MemoryMax', 'web.slice']);
        return shown.stdout === 'CPUWeight=50\nMemoryMax=40000000\n' ? true : undefined;
      });
      await notifications.clear();
      await workbench.run('nspawn: Write These Files…');
      await quickInput.choose('/etc/systemd/system');
      const again = await dialog.read();
      assert.match(again.detail, /web\.slice \(replaces the file that is there\)/u);
      await dialog.press('Cancel');
      await host.run('sh', ['-c', 'rm -r /etc/systemd/system/web.slice /etc/systemd/system/user-0.slice.d']);
    });

    click('shows a container of LXC as a machine, and writes its files where systemd finds them', async (bench) => {
      const { workbench, host } = bench;
      const { page, editor, notifications, quickInput, dialog } = workbench;
      const config =
        'lxc.uts.name = box\nlxc.rootfs.path = dir:/srv/box/rootfs\nlxc.cgroup2.pids.max = 9\nlxc.sysctl.a = 1\n';
      await editor.closeAll();
      await host.run('sh', [
        '-c',
        'mkdir -p /var/lib/lxc/box && printf %s "$1" >/var/lib/lxc/box/config',
        'sh',
        config,
      ]);
      await openFile(workbench, '/var/lib/lxc/box/config');
      await editor.shows('lxc.sysctl.a = 1');
      await takeFix(workbench, 'lxc.uts.name', 'Convert to systemd-nspawn');
      await somewhereShows(page, '# /etc/systemd/nspawn/box.nspawn');
      await somewhereShows(page, 'TasksMax=9');
      await workbench.screenshot('container as a machine');
      await notifications.press('Converted files: 2. What is not the same: 2', 'Write These Files…');
      await quickInput.headingWith('Write the Files to…');
      await quickInput.choose('/etc/systemd');
      const { detail } = await dialog.read();
      const dropIn = '/etc/systemd/system/systemd-nspawn@box.service.d/50-lxc.conf';
      assert.equal(detail, `/etc/systemd/nspawn/box.nspawn\n${dropIn}`);
      await dialog.press('Write');
      await notifications.find('The files are written.');
      const written = await host.run('cat', [dropIn]);
      assert.equal(written.stdout, '[Service]\nTasksMax=9\n');
      await notifications.clear();
      await openFile(workbench, '/etc/systemd/nspawn/box.nspawn');
      await editor.shows('Hostname=box');
      await workbench.run('nspawn: Convert to LXC…');
      await somewhereShows(page, '# /var/lib/lxc/box/config');
      await somewhereShows(page, 'lxc.uts.name = box');
      await workbench.screenshot('machine as a container');
      await notifications.clear();
      await host.run('sh', ['-c', `rm -r /var/lib/lxc/box /etc/systemd/nspawn/box.nspawn "$(dirname ${dropIn})"`]);
    });

    click('says what has to be repaired first', async ({ workbench, host }) => {
      const { page, notifications } = workbench;
      await open({ workbench, host }, old.replace('512;', '512'));
      await workbench.run('nspawn: Convert to systemd Units…');
      await notifications.find('Line 3 has to be repaired before this file can be converted');
      await page.locator('.statusbar', { hasText: /Ln 3, Col 1/u }).waitFor();
    });
  },
  { images: false, settings: { 'editor.inlayHints.enabled': 'off' } },
);
