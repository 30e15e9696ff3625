import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { openFile } from './editFile.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

const folder = '/srv/strange';
const there = '/sys/fs/cgroup/was-there';
const files: Readonly<Record<string, string>> = {
  'cgconfig.conf': 'group was-there {\n\tcpu {\n\t}\n}\n\ngroup not-made {\n\tcpu {\n\t\tcpu.weight = 50;\n\t}\n}\n',
};

const exists = async (host: Host, path: string): Promise<boolean> =>
  (await host.run('test', ['-e', path])).exitCode === 0;

/** That the commands have done nothing: what the file would make, delete or write. */
const nothingDone = async (host: Host): Promise<void> => {
  assert.ok(await exists(host, there));
  assert.ok(!(await exists(host, '/sys/fs/cgroup/not-made')));
  assert.ok(!(await exists(host, '/etc/systemd/system/not\\x2dmade.slice')));
  const { stdout } = await host.run('sh', ['-c', 'ls /etc/systemd/system | grep -c made || true']);
  assert.equal(stdout.trim(), '0');
};

const refusal = 'Nothing was done: this folder is not trusted';
const manage = 'Manage Workspace Trust';

await withWorkbench(
  'in a folder that is not trusted',
  (click) => {
    click('machines are shown', async ({ workbench }) => {
      await workbench.statusBarShows('Restricted Mode');
      await workbench.sideBar.open('systemd-nspawn');
      await workbench.tree.row('plain');
      await workbench.screenshot('restricted machines');
    });

    for (const command of [
      'Apply cgconfig.conf…',
      'Delete Control Groups of cgconfig.conf…',
      'Validate with cgconfigparser',
    ])
      click(`${command} does nothing but ask for trust`, async ({ workbench, host }) => {
        const { editor, notifications, dialog } = workbench;
        await editor.closeAll();
        await openFile(workbench, `${folder}/cgconfig.conf`);
        await editor.shows('group not-made');
        await workbench.run(`nspawn: ${command}`);
        const { message, severity, buttons } = await notifications.find(refusal);
        assert.match(message, /with the rights of root\. Trust the folder first, if you know who wrote it\.$/u);
        assert.deepEqual([severity, buttons], ['warning', [manage]]);
        await workbench.screenshot(`restricted ${command}`);
        assert.equal(await dialog.isOpen(), false);
        await nothingDone(host);
      });

    click('units are shown, and not written before the folder is trusted', async ({ workbench, host }) => {
      const { page, editor, notifications, quickInput } = workbench;
      await editor.closeAll();
      await openFile(workbench, `${folder}/cgconfig.conf`);
      await workbench.run('nspawn: Convert to systemd Units…');
      await notifications.press('Files for systemd', 'Write These Files…');
      await notifications.find(refusal);
      await workbench.screenshot('restricted units');
      await nothingDone(host);
      await notifications.press(refusal, manage);
      await page.locator('.workspace-trust-editor').waitFor();
      await workbench.screenshot('restricted manage');
      await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
      await until(
        page,
        'the folder to be trusted',
        async () => !(await page.locator('.part.statusbar').innerText()).includes('Restricted Mode'),
      );
      await editor.closeAll();
      await openFile(workbench, `${folder}/cgconfig.conf`);
      await workbench.run('nspawn: Convert to systemd Units…');
      await notifications.press('Files for systemd', 'Write These Files…');
      await quickInput.headingWith('Write the Files to…');
      await quickInput.cancel();
      await nothingDone(host);
    });
  },
  {
    images: false,
    folder,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    prepare: async (host) => {
      await host.run('mkdir', ['-p', '/var/lib/machines/plain/etc', folder, there]);
      for (const [name, text] of Object.entries(files))
        await host.run('sh', ['-c', 'printf %s "$2" >"$1"', 'sh', `${folder}/${name}`, text]);
    },
  },
);

const release = '252.38-1~deb12u1';
const nspawn = '/usr/bin/systemd-nspawn';

await withWorkbench(
  'on a host whose systemd has CVE-2026-40226',
  (click) => {
    click('a line above the rows says what to do, and is put away by the menu', async ({ workbench }) => {
      const { sideBar, tree } = workbench;
      await sideBar.open('systemd-nspawn');
      await tree.row('plain');
      const line = `systemd ${release} of this host has CVE-2026-40226: a .nspawn file beside an image can give its machine`;
      await sideBar.says(`${line} access to the host. Update systemd, and leave no .nspawn files of strangers beside`);
      await workbench.screenshot('host with the hole');
      await sideBar.chooseInTitleMenu('Hide the Line About CVE-2026-40226');
      await sideBar.saysNothing();
      await sideBar.pressTitleButton('Refresh');
      await tree.row('plain');
      assert.equal(await sideBar.message(), '');
    });
  },
  {
    suite: 'bookworm',
    images: false,
    prepare: async (host) => {
      const script = `#!/bin/sh\n[ "$1" = --version ] && exec echo 'systemd 252 (${release})'\nexec ${nspawn}.own "$@"\n`;
      const lines = ['mkdir -p /var/lib/machines/plain/etc', `mv ${nspawn} ${nspawn}.own`, `printf %s "$1" >${nspawn}`];
      await host.run('sh', ['-ec', [...lines, `chmod 755 ${nspawn}`].join('\n'), 'sh', script]);
    },
  },
);
