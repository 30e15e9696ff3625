import { execFile } from 'node:child_process';
import { installedReleaseIn } from '../schema/systemdRelease.ts';

const timeoutMs = 3_000;

/**
 * What a program prints of its version; undefined where there is none or it does not answer in three seconds.
 * @param program a name that is looked up in PATH, or an absolute path
 */
export const versionSaidBy = (program: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '' };
    // In a folder of somebody else a relative part of PATH would find a program of theirs.
    const options = { cwd: '/', timeout: timeoutMs, killSignal: 'SIGKILL', env } as const;
    execFile(program, ['--version'], options, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });

/** The release of the installed systemd, such as `257.9-1~deb13u1`; undefined where none says one. */
export const installedSystemd = async (systemctl = 'systemctl'): Promise<string | undefined> =>
  installedReleaseIn((await versionSaidBy(systemctl)) ?? '');
