import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../../rig/cache.ts';
import { withFileLock } from '../../rig/fileLock.ts';
import type { Progress } from '../../rig/progress.ts';
import { runTool } from './runTool.ts';

/** Tools live in sbin too, which is not in every root's PATH. */
export const toolPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Whether a tool of this name can be run. */
export const hasTool = async (name: string): Promise<boolean> => {
  for (const directory of toolPath.split(':')) {
    try {
      await access(join(directory, name), constants.X_OK);
      return true;
    } catch {
      continue;
    }
  }
  return false;
};

/** Which of the Debian packages are missing, given a tool of each. */
export const missingPackages = async (packageOf: Readonly<Record<string, string>>): Promise<string[]> => {
  const missing = new Set<string>();
  for (const [tool, name] of Object.entries(packageOf)) if (!(await hasTool(tool))) missing.add(name);
  return [...missing];
};

/** Installs what is missing by apt, and says why. One process at a time: apt's own lock does not cover the update. */
export const ensureTools = async (
  packageOf: Readonly<Record<string, string>>,
  why: string,
  report: Progress,
): Promise<void> => {
  if ((await missingPackages(packageOf)).length === 0) return;
  await mkdir(cacheRoot(), { recursive: true });
  const install = async (): Promise<void> => {
    const packages = await missingPackages(packageOf);
    if (packages.length === 0) return;
    await report.step(`installing ${packages.join(', ')} (${why})`, async () => {
      await runTool('apt-get', ['update', '-qq']);
      const quietly = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
      await runTool('apt-get', [...quietly, ...packages]);
    });
  };
  await withFileLock(join(cacheRoot(), 'apt.lock'), install, (pid) =>
    report.say(`waiting for process ${pid}, which is installing packages`),
  );
};
