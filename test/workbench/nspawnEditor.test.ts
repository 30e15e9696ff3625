import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { lineOf, openFile, problemGone, problemShows, takeFix, write } from './editFile.ts';
import { chooseInMenu } from './menu.ts';
import { withWorkbench } from './withWorkbench.ts';

const file = '/etc/systemd/nspawn/web.nspawn';
/** LXC need not be there for it. */
const lxcFile = '/etc/lxc/default.conf';
const script = '/root/start.sh';
const command = 'systemd-nspawn \\\n  --boot --machine=lab \\\n  --bind=/srv:/srv --network-bridge=br0 \\\n  --quiet\n';

const offer = (page: Page, label: string): Locator =>
  page.locator(`.suggest-widget.visible .monaco-list-row[aria-label^=${JSON.stringify(label)}]`).first();

await withWorkbench(
  'the editor of .nspawn files and of configurations of LXC',
  (click) => {
    // The first of all: no server runs before.
    click('makes a file of the command that is selected in a script, and a command of the file', async (bench) => {
      const { workbench, host } = bench;
      const { page, editor, notifications } = workbench;
      await openFile(workbench, script);
      await lineOf(page, '--bind').click();
      await page.keyboard.press('Control+A');
      const openMenu = (): Promise<void> =>
        lineOf(page, '--bind').click({ button: 'right', position: { x: 40, y: 8 } });
      await chooseInMenu(page, openMenu, ['Convert a Command to a .nspawn File…']);
      await editor.shows('# --quiet: ');
      await editor.shows('[Exec]\nBoot=yes\n\n[Files]\nBind=/srv:/srv\n\n[Network]\nBridge=br0');
      await notifications.find('Save this as /etc/systemd/nspawn/lab.nspawn.');
      await workbench.screenshot('command to file');
      await notifications.clear();
      await workbench.run('nspawn: Convert .nspawn File to a Command');
      await editor.shows('--machine=NAME \\\n  --boot \\\n  --bind=/srv:/srv \\\n  --network-bridge=br0');
      await workbench.screenshot('file to command');
      assert.equal((await host.run('machinectl', ['list', '--no-legend'])).stdout, '');
    });

    click('makes a file of a command that is pasted, whatever is open', async ({ workbench }) => {
      const { editor, notifications, quickInput } = workbench;
      await workbench.run('nspawn: Convert a Command to a .nspawn File…');
      await quickInput.headingWith('Convert a Command');
      await quickInput.enter('ls -l');
      // It stays for another try.
      await quickInput.says('There is no systemd-nspawn command in this text.');
      // As a box of one line takes what had several.
      await quickInput.enter(command.replaceAll('\n', ' '));
      await editor.shows('[Exec]\nBoot=yes\n');
      await notifications.find('Save this as /etc/systemd/nspawn/lab.nspawn.');
    });

    click('offers directives and values while they are typed, and says what a directive means', async (bench) => {
      const { page, editor } = bench.workbench;
      await openFile(bench.workbench, file);
      await write(bench.workbench, '[Exec]\n');
      await page.keyboard.type('Resolv');
      await offer(page, 'ResolvConf').waitFor();
      await bench.workbench.screenshot('directives offered');
      await page.keyboard.press('Enter');
      await editor.shows('ResolvConf=');
      await offer(page, 'copy-host').waitFor();
      await page.keyboard.type('bind-st');
      await offer(page, 'bind-static').waitFor();
      await bench.workbench.screenshot('values offered');
      await page.keyboard.press('Enter');
      await editor.shows('ResolvConf=bind-static');
      await page.keyboard.press('Escape');
      await lineOf(page, 'ResolvConf').click({ position: { x: 20, y: 8 } });
      await bench.workbench.run('Show or Focus Hover');
      const hover = page.locator('.monaco-hover', { hasText: '/etc/resolv.conf' });
      await hover.locator('a', { hasText: 'Manual' }).waitFor();
      await bench.workbench.screenshot('directive explained');
    });

    click('begins a new line by Enter behind a whole value, though that is still offered', async ({ workbench }) => {
      const { page, editor } = workbench;
      await page.keyboard.press('Escape');
      await write(workbench, '[Exec]\n');
      await page.keyboard.type('NoNewPrivileges=yes');
      await offer(page, 'yes').waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type('Ephemeral=no');
      await editor.shows('NoNewPrivileges=yes\nEphemeral=no');
    });

    click('repairs a value by the fix of its problem', async ({ workbench }) => {
      const { page, editor } = workbench;
      await page.keyboard.press('Escape');
      await write(workbench, '[Exec]\nResolvConf=copy-hots\n');
      await page.locator('.part.editor .squiggly-warning').first().waitFor();
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      await problemShows(page, 'copy-hots', 'nspawn-lint');
      await takeFix(workbench, 'copy-hots', 'Write copy-host');
      await editor.shows('ResolvConf=copy-host\n');
      await problemGone(page, 'copy-hots');
    });

    click(
      'marks what LXC refuses, writes the next network device, and says what a key means',
      async ({ workbench }) => {
        const { page, editor } = workbench;
        await openFile(workbench, lxcFile);
        await write(workbench, 'lxc.autodev = yes\nlxc.net.0.type = veth\nlxc.net.0.link = br0\n');
        await page.locator('.part.editor .squiggly-error').first().waitFor();
        // Few letters of it, each in its order, stand in no other offer.
        await page.keyboard.type('lxc.net.1.tveth');
        await offer(page, 'lxc.net.1.type = veth').waitFor();
        await workbench.screenshot('next network device offered');
        await page.keyboard.press('Enter');
        await editor.shows('lxc.net.1.type = veth\nlxc.net.1.link = lxcbr0\nlxc.net.1.flags = up');
        // Ends the stops of what was written.
        await page.keyboard.press('Escape');
        await lineOf(page, 'lxc.autodev').click({ position: { x: 20, y: 8 } });
        await workbench.run('Show or Focus Hover');
        const hover = page.locator('.monaco-hover', { hasText: 'small /dev' });
        await hover.locator('a', { hasText: 'lxc.container.conf(5)' }).waitFor();
        await workbench.screenshot('key of LXC explained');
        await page.keyboard.press('Escape');
        await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
        await problemShows(page, 'LXC takes 0 or 1 here', 'nspawn-lint', '[Ln 1');
      },
    );
  },
  {
    images: false,
    // The text is what is written in it.
    settings: {
      'editor.autoClosingBrackets': 'never',
      'editor.autoSurround': 'never',
      'editor.inlayHints.enabled': 'off',
    },
    prepare: async (host) => {
      await host.run('mkdir', ['-p', '/etc/systemd/nspawn', '/etc/lxc']);
      await host.run('sh', ['-c', 'echo "[Exec]" >"$1"; printf %s "$2" >"$3"', 'sh', file, command, script]);
      await host.run('touch', [lxcFile]);
    },
  },
);
