import { execFile } from 'node:child_process';
import { lxcVersions } from '../language/context.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';

const timeoutMs = 3_000;

/** Of the releases that are known, the newest that is not newer than what `lxc-info --version` prints, such as `5.0.2`. */
export const lxcReleaseIn = (output: string): LxcRelease | undefined => {
  const [written] = /^\d{1,3}\.\d{1,3}/u.exec(output) ?? [];
  if (written === undefined) return undefined;
  return lxcVersions.find((version) => Number(version) <= Number(written)) ?? lxcVersions.at(-1);
};

/** Which known release the installed LXC is; undefined where there is none or it does not answer in three seconds. */
export const installedLxc = (lxcInfo = 'lxc-info'): Promise<LxcRelease | undefined> =>
  new Promise((resolve) => {
    // In a folder of somebody else a relative part of PATH would find a program of theirs.
    const options = { cwd: '/', timeout: timeoutMs, killSignal: 'SIGKILL' } as const;
    execFile(lxcInfo, ['--version'], options, (error, stdout) => {
      resolve(error === null ? lxcReleaseIn(stdout) : undefined);
    });
  });
