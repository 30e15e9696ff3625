// Records test/fixtures/observe/SUITE.json on real hosts: node test/host/recordObservation.ts [SUITE…]
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostPaths, startHost } from './host.ts';
import type { Host } from './host.ts';
import { imageNames, installImages } from './installImages.ts';
import { allSuites } from './withHost.ts';

/** The images of the rig bring no network of their own up. */
const giveAddress = async (host: Host, machine: string): Promise<void> => {
  const script = `
    leader=$(machinectl show --property=Leader --value ${machine})
    nsenter --target "$leader" --net ip address add 10.9.8.7/24 dev host0
    nsenter --target "$leader" --net ip link set host0 up
    ip link set ve-${machine} up`;
  const { exitCode, stderr } = await host.run('sh', ['-e', '-c', script]);
  if (exitCode !== 0) throw new Error(stderr);
  await sleep(3000);
};

const wanted = process.argv.slice(2);
for (const suite of allSuites.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const host = await startHost(suite);
  try {
    await installImages(host);
    await host.run('machinectl', ['start', imageNames.busybox, imageNames.debian]);
    await giveAddress(host, imageNames.debian);
    const program = `${hostPaths.repository}/test/host/programs/recordObservation.ts`;
    const { stdout, stderr } = await host.run(hostPaths.node, [program, imageNames.debian, imageNames.rawDisk]);
    if (stdout === '') throw new Error(stderr);
    await writeFile(new URL(`../fixtures/observe/${suite}.json`, import.meta.url), stdout);
  } finally {
    await host.stop();
  }
}
