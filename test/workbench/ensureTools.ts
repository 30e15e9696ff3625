import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Progress } from '../rig/progress.ts';

/** A program that has to be there, and the Debian package that brings it. */
export interface Tool {
  readonly command: string;
  readonly debianPackage: string;
  readonly why: string;
}

/** Where PATH finds a program; undefined where it does not. */
export const findInPath = async (command: string): Promise<string | undefined> => {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(directory, command);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The next directory may have it.
    }
  }
  return undefined;
};

/**
 * Installs with apt what is missing, and says what and why.
 * @throws Error that names the packages, where this cannot be done (no root, no apt).
 */
export const ensureTools = async (tools: readonly Tool[], report: Progress): Promise<void> => {
  const found = await Promise.all(tools.map((tool) => findInPath(tool.command)));
  const missing = tools.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => tool.debianPackage))];
  const wanted = missing.map((tool) => `${tool.debianPackage} (${tool.why})`).join(', ');
  if (process.getuid?.() !== 0 || (await findInPath('apt-get')) === undefined) {
    throw new Error(`Missing: ${wanted}. Install it, or run this as root on Debian, where it is done for you.`);
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8', LANGUAGE: '' };
  await report.step(`installing with apt: ${wanted}`, async (detail) => {
    detail('package lists');
    await execa('apt-get', ['update', '-qq'], { env });
    detail(packages.join(' '));
    await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  });
};
