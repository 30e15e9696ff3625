import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Suite } from '../host/boot/debootstrap.ts';
import { hostObstacle } from '../host/boot/obstacle.ts';
import { v1Obstacle } from '../host/boot/v1Hierarchies.ts';
import { startHost } from '../host/host.ts';
import type { Host } from '../host/host.ts';
import { imageNames, installImages } from '../host/installImages.ts';
import { demoFiles } from './demoFiles.ts';
import type { Progress } from './progress.ts';

/** What runs when VS Code opens: one with systemd inside and one without. */
const running = ['web', imageNames.busybox];

/** Images with names that people would choose, each a copy of another. */
const copies = [
  ['debian', 'database'],
  ['debian', 'web-staging'],
  ['busybox', 'toolbox'],
] as const;

/** There are no files but ours, so VS Code need not ask whether their authors are trusted. On a real machine it does. */
export const demoSettings: Readonly<Record<string, unknown>> = { 'security.workspace.trust.enabled': false };

/** Why there is no need or no way to boot a demo host; undefined when one shall be booted. */
export const demoHostObstacle = async (): Promise<string | undefined> => {
  // This is how sd_booted(3) finds out.
  if (existsSync('/run/systemd/system')) return 'systemd runs here, so you see the machines of this computer';
  const obstacle = await hostObstacle();
  return obstacle === undefined ? undefined : `no demo host: ${obstacle}; the view will say that there is no systemd`;
};

const runOrThrow = async (
  host: Host,
  [file, ...args]: readonly [string, ...string[]],
  input?: string,
): Promise<void> => {
  const { exitCode, stderr } = await host.run(file, args, input === undefined ? {} : { input });
  if (exitCode !== 0) throw new Error(`the demo host: ${file} ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
};

/** Boots a host with images and running machines to look at. */
export const startDemoHost = async (suite: Suite, report: Progress): Promise<Host> => {
  // With limits of memory to set, where this machine has a hierarchy for them.
  const host = await startHost(suite, { report, v1: v1Obstacle() === undefined });
  try {
    report.say(`the demo host runs (Debian ${suite}); putting images into it`);
    await installImages(host, [imageNames.debian, imageNames.busybox]);
    for (const [from, to] of copies) await runOrThrow(host, ['machinectl', 'clone', from, to]);
    await runOrThrow(host, ['machinectl', 'rename', imageNames.debian, 'web']);
    for (const [path, content] of Object.entries(demoFiles)) {
      await runOrThrow(host, ['mkdir', '-p', dirname(path)]);
      await runOrThrow(host, ['tee', path], content);
    }
    await runOrThrow(host, ['machinectl', 'start', ...running]);
    return host;
  } catch (error) {
    await host.stop();
    throw error;
  }
};
