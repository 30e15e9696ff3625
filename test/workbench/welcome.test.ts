import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { notRemoteCommand, otherPlatform, otherPlatformCommand, otherPlatformSign } from './otherPlatform.ts';
import { withWorkbench } from './withWorkbench.ts';
import { until } from './wait.ts';
import type { Workbench } from './workbench.ts';

const machined = '/usr/lib/systemd/systemd-machined';

/** Does something to the host, and takes it back whatever happens meanwhile. */
const during = async (host: Host, begin: string, end: string, run: () => Promise<void>): Promise<void> => {
  await sh(host, begin);
  try {
    await run();
  } finally {
    await sh(host, end);
  }
};

const sh = async (host: Host, script: string): Promise<void> => {
  const { exitCode, stderr } = await host.run('sh', ['-ec', script]);
  assert.equal(exitCode, 0, stderr);
};

const service = '/usr/share/dbus-1/system-services/org.freedesktop.machine1.service';
const units = 'systemd-machined.service systemd-machined.socket';
/** As without the package: no program, and no name on the bus that starts it. */
const withoutMachined = [
  `mv ${service} ${service}.away`,
  `mv ${machined} ${machined}.away`,
  `systemctl stop ${units} 2>/dev/null || true`,
  'systemctl reload dbus',
].join('; ');
const withMachined = [`mv ${machined}.away ${machined}`, `mv ${service}.away ${service}`, 'systemctl reload dbus'].join(
  '; ',
);

/** Waits until the welcome content says `text`, and gives its buttons. */
const shows = async (workbench: Workbench, text: RegExp): Promise<readonly string[]> =>
  until(workbench.page, `welcome content ${text}`, async () => {
    const welcome = await workbench.sideBar.welcome();
    return text.test(welcome.text) ? welcome.buttons : undefined;
  });

/** The view is asked to look again, and then says `text`. */
const says = async (workbench: Workbench, text: RegExp, buttons: readonly string[]): Promise<void> => {
  await workbench.sideBar.pressTitleButton('Refresh');
  assert.deepEqual(await shows(workbench, text), buttons);
  await workbench.screenshot(`welcome ${text.source}`);
};

await withWorkbench(
  'without anything to show',
  (click) => {
    click('there are no images yet', async ({ workbench }) => {
      await workbench.sideBar.open('systemd-nspawn');
      await says(workbench, /no images yet/u, ['Refresh', 'Set Image Directories', 'How to Get an Image']);
    });

    click('machined does not start', async ({ workbench, host }) => {
      const unit = 'systemd-machined.service';
      await during(host, `systemctl mask --runtime --now ${unit}`, `systemctl unmask --runtime ${unit}`, () =>
        says(workbench, /does not start/u, ['Show Its Log', 'Try Again']),
      );
    });

    click('machined is not installed', async ({ workbench, host }) => {
      await during(host, withoutMachined, withMachined, () =>
        says(workbench, /not installed/u, ['Install systemd-container', 'Try Again']),
      );
    });

    click('the host was not booted with systemd', async ({ workbench, host }) => {
      const mark = '/run/systemd/system';
      await during(host, `mv ${mark} ${mark}.away`, `mv ${mark}.away ${mark}`, () =>
        says(workbench, /not booted with systemd/u, ['Set Image Directories', 'Try Again']),
      );
    });

    click('with images and without machined the rows stay, and a sentence says what is missing', async (bench) => {
      const { workbench, host } = bench;
      const image = '/var/lib/machines/plain';
      await during(host, `mkdir -p ${image}/etc; ${withoutMachined}`, `${withMachined}; rm -r ${image}`, async () => {
        await workbench.sideBar.pressTitleButton('Refresh');
        await workbench.tree.row('plain');
        await until(workbench.page, 'the sentence', async () =>
          (await workbench.sideBar.message()).includes('not installed'),
        );
        await workbench.screenshot('images without machined');
      });
    });

    click('the bus is down, and comes back by itself', async ({ workbench, host }) => {
      const bus = 'dbus.socket dbus.service';
      await during(host, `systemctl stop ${bus}`, `systemctl start ${bus}`, () =>
        says(workbench, /bus does not answer/u, ['Try Again', 'Show Output']),
      );
      await shows(workbench, /no images yet/u);
    });
  },
  { images: false },
);

const policyFile = '/etc/dbus-1/system.d/zz-refuse.conf';
const policy =
  '<busconfig><policy user="tester"><deny send_destination="org.freedesktop.machine1"/></policy></busconfig>';
const refuse = `printf '%s' '${policy}' > ${policyFile}; systemctl reload dbus`;
const allow = `rm ${policyFile}; systemctl reload dbus`;

await withWorkbench(
  'a user whom the bus refuses machined',
  (click) => {
    click('is told who could, and sees what there is as soon as it is allowed', async ({ workbench, host }) => {
      await workbench.sideBar.open('systemd-nspawn');
      await shows(workbench, /no images yet/u);
      await during(host, refuse, allow, () =>
        says(workbench, /may not ask systemd-machined[^]*Remote - SSH/u, ['Try Again', 'Show Output']),
      );
      await shows(workbench, /no images yet/u);
    });

    click('finds in the output what has been refused', async ({ workbench, host }) => {
      await during(host, refuse, allow, async () => {
        await workbench.sideBar.pressTitleButton('Refresh');
        await shows(workbench, /may not ask systemd-machined/u);
        await workbench.sideBar.pressWelcomeButton('Show Output');
        await workbench.output.shows('AccessDenied');
        await workbench.screenshot('refused output');
      });
    });
  },
  { images: false, user: 'tester' },
);

await withWorkbench(
  'where there is no Linux',
  (click) => {
    click('a remote host is said to be the wrong one', async ({ workbench }) => {
      await workbench.sideBar.open('systemd-nspawn');
      await shows(workbench, /no images yet/u);
      await workbench.run(otherPlatformCommand);
      await workbench.statusBarShows(otherPlatformSign);
      await says(workbench, /this remote host is not Linux/u, ['Connect to Another Host…']);
    });

    click('without a remote host one is offered', async ({ workbench }) => {
      await workbench.run(notRemoteCommand);
      const buttons = await shows(workbench, /runs on Linux only\. Connect/u);
      assert.deepEqual(buttons, ['Connect to a Remote Host…', 'Learn about systemd-nspawn']);
      await workbench.screenshot('welcome not linux');
    });
  },
  { images: false, companions: [otherPlatform] },
);
