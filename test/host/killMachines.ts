import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './host.ts';

/** Ends machines at once. A killed systemd-nspawn of 257 leaves a mount behind that would keep the next start from succeeding. */
export const killMachines = async (host: Host, ...names: readonly string[]): Promise<void> => {
  for (const name of names) {
    await host.run('machinectl', ['kill', '--signal=KILL', name]);
    const unit = `systemd-nspawn@${name}.service`;
    while (/^(?:active|deactivating)/u.test((await host.run('systemctl', ['is-active', unit])).stdout)) await sleep(50);
    await host.run('umount', ['--quiet', `/run/systemd/nspawn/unix-export/${name}`]);
    await host.run('systemctl', ['reset-failed', unit]);
  }
};
