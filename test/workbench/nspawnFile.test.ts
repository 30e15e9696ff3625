import assert from 'node:assert/strict';
import { lineOf, problemGone, problemShows, takeFix, write } from './editFile.ts';
import { image } from './tree.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const file = '/var/lib/machines/web.nspawn';

const open = async ({ tree, editor }: Workbench): Promise<void> => {
  await tree.chooseInContextMenu(image('web'), 'Open .nspawn File');
  await editor.opens('web.nspawn');
};

await withWorkbench(
  'a .nspawn file',
  (click) => {
    click('is judged while it is typed, and a problem leads to the page of its rule', async ({ workbench }) => {
      const { page, editor } = workbench;
      await workbench.sideBar.open('systemd-nspawn');
      await open(workbench);
      await write(workbench, '[Exec]\nBot=yes\n');
      await page.locator('.part.editor .squiggly-warning').first().waitFor();
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      await problemShows(page, 'unknown-key');
      await lineOf(page, 'Bot').click({ position: { x: 10, y: 8 } });
      await workbench.run('Show or Focus Hover');
      await page.locator('.monaco-hover a.code-link', { hasText: 'unknown-key' }).click();
      await editor.opens('unknown-key.md');
      await page.locator('.part.editor', { hasText: 'Markdown Preview' }).waitFor();
      await workbench.run('View: Close Editor');
      await editor.opens('web.nspawn');
    });

    click('is judged for the version that is set', async ({ workbench }) => {
      const { page } = workbench;
      await write(workbench, '[Network]\nNamespacePath=/run/netns/blue\n');
      await problemShows(page, 'directive-too-new');
      await workbench.page.keyboard.press('Control+S');
      await workbench.changeSettings({ 'nspawn.systemdVersion': 262 });
      await open(workbench);
      await problemGone(page, 'directive-too-new');
      await workbench.changeSettings({});
      await open(workbench);
      await problemShows(page, 'directive-too-new');
    });

    click('is read by the installed systemd-nspawn, and nothing is started', async ({ workbench, host }) => {
      const { page, notifications } = workbench;
      await write(workbench, '[Exec]\nBoot=perhaps\nNope=1\n');
      await workbench.run('nspawn: Validate with systemd-nspawn');
      await notifications.find('leaves out some of this file (2)');
      await problemShows(page, "Unknown key 'Nope'", 'systemd-nspawn');
      await problemShows(page, 'Boot=', 'perhaps', 'systemd-nspawn');
      await workbench.screenshot('second opinion');
      await notifications.clear();
      await write(workbench, '[Exec] # note\n');
      await problemGone(page, "Unknown key 'Nope'");
      await workbench.run('nspawn: Validate with systemd-nspawn');
      await notifications.find('would not start a machine with this file');
      await problemShows(page, 'Invalid section header');
      await notifications.clear();
      await write(workbench, '[Exec]\nBoot=yes\n');
      await workbench.run('nspawn: Validate with systemd-nspawn');
      await notifications.find('takes every line');
      assert.equal((await host.run('machinectl', ['list', '--no-legend'])).stdout, '');
    });

    click('says for which systemd it is judged, also when the server has been started anew', async ({ workbench }) => {
      const { page } = workbench;
      await workbench.run('nspawn: Restart Language Server');
      await write(workbench, '[Exec]\nBot=yes\n');
      await problemShows(page, 'unknown-key');
      await page.locator('[id="status.languageStatus"]').first().hover();
      const status = page.locator('.hover-language-status', { hasText: 'systemd 257' });
      await status.waitFor();
      assert.match(await status.innerText(), /as installed here/u);
      await workbench.screenshot('language status');
    });

    click('is moved to where all of it counts, by the fix of a problem', async ({ workbench, host }) => {
      const { page, dialog } = workbench;
      await write(workbench, '[Exec]\nCapability=all\n');
      await problemShows(page, 'untrusted-setting');
      await takeFix(workbench, 'Capability', 'Move this file to /etc/systemd/nspawn/web.nspawn');
      assert.match((await dialog.read()).detail, /all of them count/u);
      await dialog.press('Move');
      await problemGone(page, '/var/lib/machines');
      const { stdout } = await host.run('cat', ['/etc/systemd/nspawn/web.nspawn']);
      assert.equal(stdout, '[Exec]\nCapability=all\n');
      assert.notEqual((await host.run('test', ['-e', file])).exitCode, 0);
    });
  },
  {
    images: false,
    // What is written by the tests stands there as it is.
    settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoSurround': 'never' },
    prepare: async (host) => {
      await host.run('mkdir', ['-p', '/var/lib/machines/web']);
      await host.run('sh', ['-c', 'echo "[Exec]" >"$1"', 'sh', file]);
    },
  },
);
