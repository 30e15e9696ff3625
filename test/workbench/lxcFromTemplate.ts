import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { answerWithFile } from './editFile.ts';
import { machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import type { Workbench } from './workbench.ts';

const archive = '/root/box.tar.gz';

export interface Bench {
  readonly workbench: Workbench;
  readonly host: Host;
}

/** A signal before its init has done its first work is lost. */
export const hasBooted = async ({ workbench, host }: Bench, name: string): Promise<void> => {
  const script = `for pid in $(cat /sys/fs/cgroup/lxc.payload.${name}/cgroup.procs); do cat /proc/$pid/comm; done`;
  await until(workbench.page, `the init of ${name} to have done its first work`, async () =>
    (await host.run('sh', ['-c', script])).stdout.includes('getty'),
  );
};

/** Waits until no other containers are left: a row goes with the configuration, before the directory does. */
export const onlyThere = async ({ workbench, host }: Bench, names: string): Promise<void> => {
  await until(
    workbench.page,
    `only "${names}" to be left`,
    async () => (await host.run('ls', ['/var/lib/lxc'])).stdout.trim() === names,
  );
};

/** Makes a container by clicks where there is none, and brings it back from an archive after it was destroyed. */
export const makeAndBringBack = async (bench: Bench): Promise<void> => {
  const { workbench, host } = bench;
  const { tree, sideBar, quickInput, notifications, dialog, page } = workbench;
  await host.run('sh', ['-c', 'echo lxc.net.0.type = empty >/etc/lxc/default.conf']);
  await until(page, 'the offer to make one', async () =>
    (await sideBar.welcome()).buttons.includes('Create Container…') ? true : undefined,
  );
  await workbench.screenshot('lxc create offered');
  await sideBar.pressWelcomeButton('Create Container…');
  await quickInput.headingWith('Create Container');
  await quickInput.fill('a b');
  await quickInput.says('It holds a character that is not allowed there.');
  await workbench.screenshot('lxc create name');
  await quickInput.enter('box');
  await quickInput.headingWith('Create box');
  assert.deepEqual(
    (await quickInput.items()).map(({ label }) => label),
    ['busybox', 'download', 'local', 'oci'],
  );
  await workbench.screenshot('lxc create template');
  await quickInput.choose('busybox');
  await until(page, 'the backing stores', async () =>
    (await quickInput.items()).some(({ label }) => label === 'Directory') ? true : undefined,
  );
  await workbench.screenshot('lxc create store');
  await quickInput.choose('Directory');
  await tree.row(stopped('box'));
  await notifications.find('box is there.');
  await workbench.screenshot('lxc created');
  await notifications.press('box is there.', 'Start');
  await tree.row(machine('box'));
  await hasBooted(bench, 'box');
  await tree.pressButton(machine('box'), 'Power Off');
  await tree.row(stopped('box'));
  await tree.chooseInContextMenu(stopped('box'), 'Back Up as Archive…');
  await answerWithFile(workbench, 'Back up box as an archive', archive);
  await notifications.find(`box is packed in ${archive}.`);
  await workbench.screenshot('lxc packed');
  await notifications.clear();
  await tree.chooseInContextMenu(stopped('box'), 'Remove…');
  await dialog.press('Remove');
  await tree.gone(stopped('box'));
  await onlyThere(bench, '');
  await sideBar.chooseInTitleMenu('Bring Back from Archive…');
  await answerWithFile(workbench, 'Bring a container back from an archive', archive);
  await until(page, 'the question before it is brought back', async () => ((await dialog.isOpen()) ? true : undefined));
  await workbench.screenshot('lxc bring back');
  await dialog.press('Bring Back');
  await tree.row(stopped('box'));
  await notifications.find('box is there.');
  await notifications.clear();
  assert.match((await host.run('ls', ['/var/lib/lxc/box/rootfs'])).stdout, /etc/u);
  await host.run('rm', ['-r', '/var/lib/lxc/box', archive]);
  await tree.gone(stopped('box'));
};
