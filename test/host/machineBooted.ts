import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandHost } from './host.ts';

/**
 * Waits until the systemd inside a machine has finished booting. `machinectl start` returns long before that: at once
 * afterwards `machinectl shell` fails, because there is no D-Bus inside yet.
 * @throws Error when it takes more than two minutes
 */
export const machineBooted = async (host: CommandHost, machine: string): Promise<void> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    // Not with --wait: that one can miss the end when it asks in the moment in which D-Bus comes up.
    const { stdout, stderr } = await host.run('systemctl', ['--machine', machine, 'is-system-running'], {
      timeoutMs: 5000,
    });
    if (['running', 'degraded'].includes(stdout.trim())) return;
    if (performance.now() > deadline) throw new Error(`${machine} did not boot: ${stdout}${stderr}`);
    await sleep(50);
  }
};
