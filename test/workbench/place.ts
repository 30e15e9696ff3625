/** Where a server runs: on this machine, or inside the namespaces of a host. Files are reached by running tools there. */
import { runProgram } from '../host/boot/runProgram.ts';
import { programNamed, tool } from '../host/boot/tools.ts';

export interface Place {
  /** Argument prefix, such as nsenter with its options; empty for this machine. */
  readonly enter: readonly string[];
  /** The user to drop to there; undefined keeps the present one. */
  readonly user: string | undefined;
}

export const here: Place = { enter: [], user: undefined };

/** The arguments that run `command` in the place, as its user. */
export const argumentsIn = (place: Place, command: readonly string[]): [string, ...string[]] => {
  const drop =
    place.user === undefined
      ? []
      : ['setpriv', `--reuid=${place.user}`, `--regid=${place.user}`, '--init-groups', '--'];
  const [file, ...rest] = [...place.enter, ...drop, ...command];
  if (file === undefined) throw new Error('No command was given.');
  return [file, ...rest];
};

/** What a place's command gets besides its own variables, so that nothing of this machine's environment leaks into a host. */
export const environmentIn = async (place: Place): Promise<Record<string, string>> => {
  if (place.enter.length === 0) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
    return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  }
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const user = place.user ?? 'root';
  const [file, ...args] = argumentsIn(place, ['getent', 'passwd', user]);
  const said = await runProgram(await programNamed(file), args, { env: { PATH } });
  const fields = said.toString().trim().split(':');
  return { PATH, HOME: fields[5] ?? '/', SHELL: fields[6] ?? '/bin/sh', USER: user, LOGNAME: user, LANG: 'C.UTF-8' };
};

/** Runs a tool in the place and returns what it printed. */
export const runIn = async (place: Place, command: readonly string[], input?: string | Uint8Array): Promise<string> => {
  const [file, ...args] = argumentsIn(place, command);
  const said = await runProgram(await programNamed(file), args, input === undefined ? {} : { input });
  return said.toString().replace(/\n$/u, '');
};

export const makeTemporaryDirectory = (place: Place): Promise<string> =>
  // Short, because VS Code's sockets in it must stay below 108 bytes.
  runIn(place, ['mktemp', '-d', '/tmp/vscode-XXXXXX']);

export const writeFileIn = async (place: Place, path: string, content: string): Promise<void> => {
  await runIn(place, ['mkdir', '-p', path.slice(0, path.lastIndexOf('/'))]);
  await runIn(place, ['tee', path], content);
};

/** Writes a file that only the place's user can read, also while it is written. */
export const writeSecretIn = async (place: Place, path: string, content: string): Promise<void> => {
  await runIn(place, ['sh', '-c', 'umask 077; cat >"$1"', 'sh', path], content);
};

/** Copies a directory's content to a directory that is made there. */
export const copyTo = async (place: Place, from: string, to: string): Promise<void> => {
  const packed = await runProgram(await tool('tar'), ['-C', from, '-cf', '-', '.']);
  await runIn(place, ['mkdir', '-p', to]);
  await runIn(place, ['tar', '-C', to, '-xf', '-', '--no-same-owner'], packed);
};
