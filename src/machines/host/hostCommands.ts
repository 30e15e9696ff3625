import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Command } from '../command.ts';
import { MachineError } from '../errors.ts';

/** The version of systemd, such as 257. */
export const systemdVersion: Command<number> = {
  file: 'systemctl',
  args: ['--version'],
  parse: ({ stdout }) => {
    const version = /^systemd (\d+)/u.exec(stdout)?.[1];
    if (version === undefined) {
      const detail = stdout.slice(0, 100);
      throw new MachineError({ kind: 'unexpectedOutput', source: 'systemctl --version', detail });
    }
    return Number(version);
  },
};

/** Whether the system bus answers this user. Exits 1 when not, as for root beyond about 253 machines. */
export const askBus: Command<void> = {
  file: 'busctl',
  args: ['--timeout=3', 'call', 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'GetId'],
  parse: () => undefined,
  timeoutMs: 6_000,
};

/** What the command below ends with where there is no such file, and where it is none to be read with more rights than its owner has. */
export const noSuchFileCode = 66;
export const noPlainFileCode = 67;

// A link is followed only where root has put it: whose directory it is may have it lead to what only root may read.
const endScript = `[ -e "$1" ] || [ -L "$1" ] || exit ${noSuchFileCode}
if [ -L "$1" ] && [ "$(stat -c %u -- "$(dirname -- "$1")")" != 0 ]; then exit ${noPlainFileCode}; fi
[ -e "$1" ] || exit ${noSuchFileCode}
[ -f "$1" ] || exit ${noPlainFileCode}
exec tail --bytes=${4 * 1024 * 1024} -- "$1"`;

/** The end of a text file that this user may not read, which is all of it where it is not very long. */
export const endOfFile = (path: string): Command<string> => ({
  file: 'sh',
  args: ['-c', endScript, 'sh', path],
  parse: ({ stdout }) => stdout,
});

/** Whether a tool is installed, without starting it: one of that name in PATH, or the one at that absolute path. */
export const isInstalled = async (file: string, path = process.env['PATH'] ?? ''): Promise<boolean> => {
  const places = isAbsolute(file)
    ? [file]
    : path
        .split(delimiter)
        // Tools are run in `/`: what a relative part would find elsewhere is none of them.
        .filter(isAbsolute)
        .map((directory) => join(directory, file));
  const tries = places.map((place) => access(place, constants.X_OK));
  return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
};

/**
 * Those of the tools that are there, found by looking: nothing is run.
 * @param locate where a tool is: an absolute path, or a name that is looked up in PATH
 */
export const installedTools = async (
  names: readonly string[],
  locate: (name: string) => string,
  path?: string,
): Promise<ReadonlySet<string>> => {
  const found = await Promise.all(names.map((name) => isInstalled(locate(name), path)));
  return new Set(names.filter((_, index) => found[index] === true));
};
