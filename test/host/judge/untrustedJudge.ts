import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCached } from '../../rig/cache.ts';
import type { Progress } from '../../rig/progress.ts';
import { debianMirror } from '../boot/mirror.ts';
import { runTool } from '../boot/runTool.ts';
import type { JudgeKind } from './judge.ts';
import { nspawnJudge } from './nspawnJudge.ts';

/** The last package of Debian 12 that has CVE-2026-40226. */
export const holedRelease = '252.38-1~deb12u1';

const holedPackages = ['systemd-container', 'libsystemd-shared'].map((name) => `${name}=${holedRelease}`);

/** Why it cannot be had, as a sentence; undefined where apt still knows it. Debian keeps no old package for ever. */
export const holedObstacle = async (): Promise<string | undefined> => {
  const missing = `apt here has no systemd ${holedRelease} any more`;
  try {
    // A fresh machine has no lists of packages before somebody asks for the mirror.
    await debianMirror();
    const uris = await runTool('apt-get', ['download', '--print-uris', '-qq', ...holedPackages]);
    return uris.includes('.deb') ? undefined : missing;
  } catch {
    return missing;
  }
};

/** The packages with the hole, unpacked and never installed (2 MB). */
export const ensureHoled = (report: Progress): Promise<string> =>
  ensureCached(
    'systemd-with-hole',
    holedPackages.join(' '),
    async (directory) => {
      await runTool('apt-get', ['download', '-qq', ...holedPackages], { cwd: directory });
      for (const name of await readdir(directory))
        if (name.endsWith('.deb')) await runTool('dpkg-deb', ['-x', join(directory, name), directory]);
    },
    report,
  );

/** Lays the program and its library over those of the suite, in the mount namespace of the judge. */
const layOver = (directory: string): string => `
holed='${directory.replaceAll("'", "'\\''")}'
mount --bind "$holed/usr/bin/systemd-nspawn" "$base/usr/bin/systemd-nspawn"
for library in "$holed"/usr/lib/*/systemd/libsystemd-shared-252.so
do mount --bind "$library" "$base/\${library#"$holed"}"
done
`;

/** What systemd-nspawn says of a file beside an image. `holed` is where a systemd with the hole is unpacked. */
export const untrustedJudge = (holed?: string): JudgeKind<string> => ({
  name: nspawnJudge.name,
  program: 'judgeUntrusted.pl',
  prepare: `${nspawnJudge.prepare}${holed === undefined ? '' : layOver(holed)}`,
  verdictOf: ([said]) => said?.toString() ?? '',
});
