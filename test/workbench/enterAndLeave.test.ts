import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image, machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

/** What is left of a machine that ran from a terminal: it, its systemd-nspawn, and what lies beside the images. */
const leftOf = async (host: Host, name: string): Promise<string> => {
  const script =
    'machinectl show "$1" 2>/dev/null; pgrep -fa "[s]ystemd-nspawn .*$1"; ls -A /var/lib/machines | grep "^[.]#.*$1"';
  return (await host.run('sh', ['-c', script, 'sh', name])).stdout.trim();
};

/** What ends within the first seconds, faster than any person, is kept on show until Enter. */
const closed = async ({ page, terminal }: Workbench): Promise<void> => {
  await until(page, 'the terminal to close', async () => {
    const kept = page.locator('.terminal-wrapper.active:visible', { hasText: 'Press Enter to close this terminal.' });
    if ((await kept.count()) > 0) await page.keyboard.press('Enter');
    return (await terminal.names()).length === 0;
  });
};

/** Three times within a second, as systemd-nspawn and machinectl want it. */
const leave = async ({ page }: Workbench): Promise<void> => {
  await page.locator('.terminal-wrapper.active:visible .xterm-helper-textarea').first().focus();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+]');
};

await withWorkbench('a machine is entered and left again', (click) => {
  click(
    'when it is booted in a terminal, by Ctrl+] three times or by closing that, and nothing is left',
    async (bench) => {
      const { workbench, host } = bench;
      const { tree, terminal, sideBar } = workbench;
      await sideBar.open('systemd-nspawn');
      for (const end of [() => leave(workbench), () => terminal.closeAll()]) {
        await tree.chooseInContextMenu(stopped('linked'), 'Boot in Terminal');
        await terminal.shows('Closing this terminal ends linked. So does pressing Ctrl+] three times within a second.');
        await tree.row((row) => machine('linked')(row) && row.icon === 'codicon-vm-running');
        await workbench.screenshot('booted in a terminal says how it ends');
        await end();
        await closed(workbench);
        await tree.row(stopped('linked'));
        await until(workbench.page, 'linked to leave nothing', async () => (await leftOf(host, 'linked')) === '');
      }
    },
  );

  click('when it is not booted: files are changed and a command is run in place of the shell', async (bench) => {
    const { workbench, host } = bench;
    const { tree, terminal } = workbench;
    await tree.chooseInContextMenu(stopped('nasty'), 'Open Shell Without Booting');
    await terminal.shows('#');
    await terminal.type('echo pts/0 >>/etc/securetty; echo written-$((6*7))\n');
    await terminal.shows('written-42');
    await terminal.type('exec /bin/busybox sh -c "echo instead-\\$((6*7)); sleep 1"\n');
    await terminal.shows('instead-42');
    await workbench.screenshot('a command in place of the shell');
    await closed(workbench);
    const { stdout } = await host.run('cat', ['/var/lib/machines/nasty/etc/securetty']);
    assert.match(stdout, /^pts\/0$/mu);
  });

  click('by login and by shell, which tell a container from a computer', async ({ workbench, host }) => {
    const { tree, terminal } = workbench;
    await tree.pressButton(image('debian'), 'Start');
    await tree.row((row) => machine('debian')(row) && row.description.startsWith('Debian'));
    await tree.chooseInContextMenu(machine('debian'), 'Log In');
    await terminal.shows('Press ^] three times within 1s to exit session.');
    await terminal.shows('login:');
    await workbench.screenshot('login says its way out');
    await leave(workbench);
    await closed(workbench);
    await tree.pressButton(machine('debian'), 'Open Shell');
    await terminal.shows('debian:~#');
    await terminal.type('echo virt=$(systemd-detect-virt)\n');
    await terminal.shows('virt=systemd-nspawn');
    await terminal.type('exit\n');
    await closed(workbench);
    await tree.pressButton(machine('debian'), 'Open Shell');
    await terminal.shows('debian:~#');
    await leave(workbench);
    await closed(workbench);
    const { exitCode } = await host.run('machinectl', ['show', 'debian']);
    assert.equal(exitCode, 0);
  });

  click('by all of its ends: it is rebooted, terminated, and powered off', async ({ workbench, host }) => {
    const { tree, dialog } = workbench;
    const leader = async (): Promise<string> =>
      (await host.run('machinectl', ['show', '--property=Leader', '--value', 'debian'])).stdout.trim();
    const runs = async (): Promise<void> => {
      await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    };
    const before = await leader();
    await tree.chooseInContextMenu(machine('debian'), 'Reboot');
    await until(workbench.page, 'another leader', async () => !['', before].includes(await leader()));
    await runs();
    await tree.chooseInContextMenu(machine('debian'), 'Terminate');
    assert.equal((await dialog.read()).message, 'Terminate debian?');
    await workbench.screenshot('terminate asks');
    await dialog.press('Terminate');
    await tree.row(stopped('debian'));
    assert.equal(await leader(), '');
    await tree.pressButton(image('debian'), 'Start');
    await runs();
    await tree.pressButton(machine('debian'), 'Power Off');
    await tree.row(stopped('debian'));
    assert.equal(await leader(), '');
  });

  click('when it is a disk image, like any other', async ({ workbench, host }) => {
    const { tree, terminal } = workbench;
    await tree.pressButton(stopped('raw-disk'), 'Start');
    await tree.row((row) => machine('raw-disk')(row) && row.icon === 'codicon-vm-running');
    await tree.pressButton(machine('raw-disk'), 'Open Shell');
    await terminal.shows('/ #');
    await terminal.type('echo root=$(stat -c %u:%g /)-$((6*7))\n');
    await terminal.shows('root=0:0-42');
    await workbench.screenshot('shell in a disk image');
    await terminal.closeAll();
    await tree.pressButton(machine('raw-disk'), 'Power Off');
    await tree.row(stopped('raw-disk'));
    await until(workbench.page, 'raw-disk to leave nothing', async () => (await leftOf(host, 'raw-disk')) === '');
  });
});
