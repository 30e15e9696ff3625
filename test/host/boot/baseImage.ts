import { ensureCached } from '../../rig/cache.ts';
import type { Progress } from '../../rig/progress.ts';
import { debootstrap } from './debootstrap.ts';
import type { Suite } from './debootstrap.ts';
import { runTool } from './runTool.ts';

const recipe = 1;

/** What `machinectl shell` and `machinectl login` need inside, and little else. */
const packages = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'libpam-systemd',
  'login',
  'passwd',
  'bash',
  'util-linux',
  'procps',
];

/** A minimal Debian with systemd and D-Bus, and a user `alice` (1000, bash), to be copied into the pool. */
export const ensureBaseImage = (suite: Suite, report: Progress): Promise<string> =>
  ensureCached(
    `image-debian-${suite}`,
    `${recipe} ${packages.join(',')}`,
    (directory) =>
      report.step(`building the minimal Debian image of ${suite}`, async (detail) => {
        await debootstrap(suite, 'essential', packages, directory, detail);
        await runTool('chroot', [
          directory,
          'useradd',
          '--create-home',
          '--uid',
          '1000',
          '--shell',
          '/bin/bash',
          'alice',
        ]);
      }),
    report,
  );
