import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { imageNames } from '../host/installImages.ts';
import { image, machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('terminals', (click) => {
  click('of one machine have names that tell them apart', async ({ workbench, host }) => {
    const { tree, sideBar, terminal } = workbench;
    await host.run('machinectl', ['start', 'debian']);
    await sideBar.open('systemd-nspawn');
    await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    for (const names of [['debian'], ['debian', 'debian (2)']]) {
      await tree.pressButton(machine('debian'), 'Open Shell');
      await until(workbench.page, `the terminals ${names.join(' and ')}`, async () =>
        isDeepStrictEqual(await terminal.names(), names),
      );
      await terminal.shows('debian:~#');
    }
    await workbench.screenshot('two shells');
    await terminal.closeAll();
  });

  click('of a user without login shell say what opens instead', async ({ workbench }) => {
    const { tree, terminal, quickInput } = workbench;
    await tree.chooseInContextMenu(machine('debian'), 'Open Shell as User…');
    await quickInput.fill('daemon');
    await until(workbench.page, 'the user daemon', async () =>
      (await quickInput.items()).some(({ label, detail }) => label === 'daemon' && detail.includes('no login shell')),
    );
    await workbench.screenshot('user without login shell');
    await quickInput.choose('daemon');
    await terminal.shows('daemon has no login shell in debian (/usr/sbin/nologin), so this is /bin/sh.\n\n$');
    await terminal.type('echo i-am-$(id -un)\n');
    await terminal.shows('i-am-daemon');
    await workbench.screenshot('shell of a user without login shell');
    await terminal.closeAll();
  });

  click('stay and say it where a shell ends at once', async ({ workbench, host }) => {
    const { tree, terminal, quickInput } = workbench;
    // A shell of a name that no list of ours takes for one that keeps people out.
    const root = '/var/lib/machines/debian';
    await host.run('sh', ['-c', `printf '#!/bin/sh\\nexit 0\\n' >${root}/bin/closed; chmod 755 ${root}/bin/closed`]);
    await host.run('sh', ['-c', `echo 'eve:x:1999:1999::/:/bin/closed' >>${root}/etc/passwd`]);
    await tree.chooseInContextMenu(machine('debian'), 'Open Shell as User…');
    await quickInput.choose('eve');
    await terminal.shows('The shell ended at once. Look whether eve is a user of debian who has a login shell');
    await workbench.screenshot('shell that ended at once');
    await terminal.type('\n');
    await until(workbench.page, 'the terminal to close', async () => (await terminal.names()).length === 0);
  });

  click('of a machine whose settings have changed since its start open only after a question', async (bench) => {
    const { workbench, host } = bench;
    const { tree, terminal, dialog } = workbench;
    await host.run('machinectl', ['start', imageNames.busybox]);
    await tree.row((row) => machine(imageNames.busybox)(row) && row.icon === 'codicon-vm-running');
    const file = `/etc/systemd/nspawn/${imageNames.busybox}.nspawn`;
    await host.run('touch', [file]);
    const ask = async (): Promise<void> => {
      await tree.pressButton(machine(imageNames.busybox), 'Open Shell');
      const { message, detail, buttons } = await dialog.read();
      assert.equal(message, 'A shell in busybox may be allowed more than the machine itself. Open it?');
      const reason = `${file} has changed since the machine was started. Start the machine anew to be certain.`;
      assert.equal(detail, `Nobody can tell for certain what the machine may do:\n• ${reason}`);
      assert.deepEqual([...buttons].sort(), ['Cancel', 'Do Nothing', 'Open Shell']);
    };
    await ask();
    await workbench.screenshot('shell that may be allowed more');
    await dialog.press('Cancel');
    // A terminal that the first answer had opened would be there now, beside that of the second.
    await ask();
    assert.deepEqual(await terminal.names(), []);
    await dialog.press('Open Shell');
    await workbench.statusBarShows('entered by its namespaces');
    await terminal.shows('#');
    await terminal.type('echo from-$((6*7)); . /etc/os-release; echo $NAME\n');
    await terminal.shows('from-42');
    await terminal.shows('Infinite BusyBox');
    assert.equal((await terminal.names()).length, 1);
    await terminal.closeAll();
  });

  click('of a journal without a line say so', async ({ workbench, host }) => {
    const { tree, terminal } = workbench;
    await tree.chooseInContextMenu(stopped('noinit'), 'Follow Journal');
    await terminal.shows('The journal has no line of systemd-nspawn@noinit.service: noinit has not run as this unit');
    await workbench.screenshot('journal without a line');
    await host.run('machinectl', ['start', 'noinit']);
    await terminal.shows('Started');
    await terminal.closeAll();
  });

  // The last one: it loads the window anew.
  describe('a root directory', () => {
    click('opens in a terminal or a file, and loads the window anew only after a question', async ({ workbench }) => {
      const { tree, sideBar, terminal, quickInput, dialog, page } = workbench;
      await sideBar.open('systemd-nspawn');
      const openRoot = (): Promise<void> => tree.chooseInContextMenu(image('busybox'), 'Open Root Directory');
      await openRoot();
      await workbench.screenshot('root directory ways');
      await quickInput.choose('Open in Terminal');
      await terminal.type('pwd; echo here-$((6*7))\n');
      await terminal.shows('/var/lib/machines/busybox');
      await terminal.shows('here-42');

      await openRoot();
      await quickInput.choose('Add to Workspace…');
      const { message, detail, buttons } = await dialog.read();
      assert.match(message, /Load this window anew/u);
      assert.match(detail, /The terminal that is open may be closed by this/u);
      for (const button of ['Add and Load Anew', 'Open in New Window']) assert.ok(buttons.includes(button), button);
      await workbench.screenshot('root directory reload');
      await dialog.press('Cancel');
      await terminal.shows('here-42');

      await openRoot();
      await quickInput.choose('Open a File…');
      await until(page, 'the directory in the question for a file', async () =>
        (await quickInput.value()).startsWith('/var/lib/machines/busybox'),
      );
      await workbench.screenshot('root directory file');
      await quickInput.cancel();

      const opening = page.context().waitForEvent('page');
      await openRoot();
      await quickInput.choose('Open in New Window');
      const other = await opening;
      assert.match(decodeURIComponent(other.url()), /folder=\/var\/lib\/machines\/busybox/u);
      await other.close();
      // A page behind another is not drawn.
      await page.bringToFront();
      await terminal.shows('here-42');

      await openRoot();
      await quickInput.choose('Add to Workspace…');
      await dialog.press('Add and Load Anew');
      await until(page, 'a workspace of one folder', async () => (await page.title()).includes('Workspace'));
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
      await workbench.screenshot('root directory added');
    });
  });
});
