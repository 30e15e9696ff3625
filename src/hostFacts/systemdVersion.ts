import { execFile } from 'node:child_process';

const timeoutMs = 3_000;

/** Reads the first line of `systemctl --version`, such as `systemd 257 (257.9-1~deb13u1)`. */
export const versionIn = (output: string): number | undefined => {
  const version = /^systemd (\d+)/u.exec(output)?.[1];
  return version === undefined ? undefined : Number(version);
};

/**
 * The version of the installed systemd, such as 257; undefined where there is none or it does not answer in three seconds.
 * @param systemctl a name that is looked up in PATH, or an absolute path
 */
export const installedSystemdVersion = (systemctl = 'systemctl'): Promise<number | undefined> =>
  new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '' };
    // In a folder of somebody else a relative part of PATH would find a program of theirs.
    const options = { cwd: '/', timeout: timeoutMs, killSignal: 'SIGKILL', env } as const;
    execFile(systemctl, ['--version'], options, (error, stdout) => {
      resolve(error === null ? versionIn(stdout) : undefined);
    });
  });
