// Records what the tools print that the actions read, on all three versions, into test/fixtures/act/. Run it anew when a
// command's arguments change:  node test/host/recordActions.ts
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../rig/cache.ts';
import {
  imageProperties,
  imageStatus,
  machineProperties,
  machineStatus,
} from '../../src/machines/nspawn/commands/showCommands.ts';
import { unitProperties, unitState } from '../../src/machines/host/unitCommands.ts';
import { unitJournal } from '../../src/machines/host/journalCommands.ts';
import { hasReadableJournal } from '../../src/machines/nspawn/commands/showCommands.ts';
import { systemdVersion } from '../../src/machines/host/hostCommands.ts';
import type { Command } from '../../src/machines/command.ts';
import type { Host } from './host.ts';
import { startHost } from './host.ts';
import { installImages } from './installImages.ts';
import { allSuites } from './withHost.ts';

const readings: readonly Command<unknown>[] = [
  systemdVersion,
  machineProperties('busybox'),
  machineProperties('nope'),
  imageProperties('busybox'),
  imageProperties('frozen'),
  imageProperties('nope'),
  machineStatus('busybox'),
  imageStatus('busybox'),
  unitState('systemd-nspawn@busybox.service'),
  unitState('systemd-nspawn@noinit.service'),
  unitState('systemd-nspawn@nope.service'),
  unitProperties('systemd-nspawn@busybox.service'),
  unitJournal('systemd-nspawn@noinit.service', 10),
  hasReadableJournal('busybox'),
  hasReadableJournal('debian'),
];

const files = (leader: string): readonly string[] =>
  ['stat', 'status', 'uid_map', 'net/unix'].map((file) => `/proc/${leader}/${file}`);

const record = async (host: Host): Promise<unknown> => {
  for (const name of ['busybox', 'debian', 'noinit']) await host.run('machinectl', ['start', name]);
  await sleep(3_000);
  const commands = [];
  for (const { file, args } of readings) commands.push({ file, args, ...(await host.run(file, args)) });
  const processes = [];
  for (const name of ['busybox', 'debian']) {
    const { stdout } = await host.run('machinectl', ['show', '--property=Leader', '--value', name]);
    for (const path of files(stdout.trim())) {
      processes.push({ name, file: path.split('/').slice(3).join('/'), text: (await host.run('cat', [path])).stdout });
    }
  }
  return { commands, processes };
};

const directory = join(repositoryRoot, 'test/fixtures/act');
await mkdir(directory, { recursive: true });
for (const suite of allSuites) {
  const host = await startHost(suite);
  try {
    await installImages(host);
    await writeFile(join(directory, `${suite}.json`), `${JSON.stringify(await record(host), undefined, 2)}\n`);
  } finally {
    await host.stop();
  }
}
