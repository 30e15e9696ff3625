import assert from 'node:assert/strict';
import { withWorkbench } from './withWorkbench.ts';

const convert = 'nspawn: Convert a Command to a .nspawn File…';

await withWorkbench(
  'a command becomes a .nspawn file',
  (click) => {
    click(
      'what is no command stays in the line, and one that is nearly right is read as meant',
      async ({ workbench }) => {
        const { quickInput, editor, sideBar } = workbench;
        await sideBar.open('systemd-nspawn');
        await workbench.run(convert);
        await quickInput.enter('systemctl start web');
        await quickInput.says('There is no systemd-nspawn command in this text.');
        assert.equal(await quickInput.value(), 'systemctl start web');
        await workbench.screenshot('no command to convert');
        await quickInput.enter('sudo systemd-nspwan -bD /srv/trees/web --bind=/srv/a;/data');
        await editor.shows('Bind=/srv/a:/data');
        await editor.shows('systemd-nspwan: It is read as systemd-nspawn');
        await workbench.screenshot('a command with two mistakes converted');
      },
    );

    click('is saved where systemd looks by a button', async ({ workbench, host }) => {
      const { quickInput, editor, notifications } = workbench;
      await workbench.run(convert);
      await quickInput.enter('systemd-nspawn -bD /srv/trees/web');
      const { message, buttons } = await notifications.find('Save this as /etc/systemd/nspawn/web.nspawn.');
      assert.match(message, /machinectl start does not find the image where it is/u);
      assert.deepEqual(buttons, ['Save There']);
      await notifications.press('Save this as', 'Save There');
      await editor.opens('web.nspawn');
      await workbench.screenshot('a converted command saved');
      const { stdout } = await host.run('cat', ['/etc/systemd/nspawn/web.nspawn']);
      assert.match(stdout, /ln -s \/srv\/trees\/web \/var\/lib\/machines\/web/u);
      // A second one is not written over it.
      await workbench.run(convert);
      await quickInput.enter('systemd-nspawn -b -M web');
      await notifications.press('Save this as', 'Save There');
      await notifications.find('/etc/systemd/nspawn/web.nspawn is there already. Nothing was saved.');
      await notifications.press('is there already', 'Open It');
      await editor.opens('web.nspawn');
      assert.equal((await host.run('cat', ['/etc/systemd/nspawn/web.nspawn'])).stdout, stdout);
    });

    click('with two interfaces keeps both, and boots', async ({ workbench, host }) => {
      const { quickInput, editor, notifications } = workbench;
      await workbench.run(convert);
      await quickInput.enter('systemd-nspawn -b -M lab --network-interface=eth1 --network-interface=eth2');
      await editor.shows('Interface=eth1');
      await workbench.screenshot('a command with two interfaces converted');
      await notifications.press('Save this as /etc/systemd/nspawn/lab.nspawn.', 'Save There');
      await editor.opens('lab.nspawn');
      const { stdout } = await host.run('cat', ['/etc/systemd/nspawn/lab.nspawn']);
      assert.match(stdout, /^Boot=yes$/mu);
      const named = [...stdout.matchAll(/^Interface=(.*)$/gmu)].flatMap(([, names = '']) => names.split(' '));
      assert.deepEqual(named, ['eth1', 'eth2']);
    });

    click(
      'asks for the machine where the command does not tell, as for the host itself',
      async ({ workbench, host }) => {
        const { quickInput, editor, notifications } = workbench;
        await workbench.run(convert);
        await quickInput.enter('systemd-nspawn -bxD /');
        await editor.shows('It is this host itself that runs as a machine');
        await editor.shows('#   Save the lines as HOSTNAME.nspawn');
        await workbench.screenshot('the host itself converted');
        await notifications.press('Save this as /etc/systemd/nspawn/NAME.nspawn.', 'Save There');
        await quickInput.headingWith('Save the .nspawn File');
        await quickInput.enter('demohost');
        await editor.opens('demohost.nspawn');
        const { stdout } = await host.run('cat', ['/etc/systemd/nspawn/demohost.nspawn']);
        assert.match(stdout, /^Ephemeral=yes$/mu);
      },
    );
  },
  { images: false },
);
