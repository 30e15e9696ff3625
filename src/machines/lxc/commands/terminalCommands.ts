import type { TerminalCommand } from '../../command.ts';
import type { MachineUser } from '../../host/passwd.ts';
import type { ContainerRef } from '../places.ts';
import { addressed } from './lxcTool.ts';

/** Nothing of what stands in the environment of whoever opens it goes in, but the kind of the terminal. */
const ownEnvironment = ['--clear-env', '--keep-var=TERM'];

const userOptions = ({ uid, gid, home, name, shell }: MachineUser): readonly string[] => [
  `--uid=${uid}`,
  `--gid=${gid}`,
  ...[`HOME=${home}`, `USER=${name}`, `LOGNAME=${name}`, `SHELL=${shell}`].map((variable) => `--set-var=${variable}`),
];

/**
 * A shell in a running container: of root the one that its own passwd names, which lxc-attach looks up itself, of another user what was
 * read of it.
 */
export const attach = (ref: ContainerRef, user?: MachineUser): TerminalCommand => ({
  file: 'lxc-attach',
  args: [
    ...addressed(ref),
    ...ownEnvironment,
    ...(user === undefined ? [] : [...userOptions(user), '--', user.shell, '-l']),
  ],
  title: ref.name,
});

/** Runs a line by the container's own `/bin/sh`. */
export const attachCommand = (ref: ContainerRef, line: string, user?: MachineUser): TerminalCommand => ({
  file: 'lxc-attach',
  args: [
    ...addressed(ref),
    ...ownEnvironment,
    ...(user === undefined ? [] : userOptions(user)),
    ...['--', '/bin/sh', '-c', line],
  ],
  title: ref.name,
});

/** A login prompt on the next free terminal of the container. lxc-console itself says how to leave it: Ctrl+a q. */
export const openConsole = (ref: ContainerRef): TerminalCommand => ({
  file: 'lxc-console',
  args: addressed(ref),
  title: ref.name,
});

/**
 * Runs a line by the container's own `/bin/sh` in place of its init, below a small init of LXC's. Where its terminal is closed, LXC ends it
 * by itself.
 */
export const execute = (ref: ContainerRef, line: string): TerminalCommand => ({
  file: 'lxc-execute',
  args: [...addressed(ref), '--', '/bin/sh', '-c', line],
  title: ref.name,
});

/**
 * A command of the host with the ids of a container, to which the files of its tree belong.
 * @param idMap as `lxc.idmap` has them
 */
export const withIdsOf = (idMap: readonly string[], { title, file, args }: TerminalCommand): TerminalCommand => ({
  file: 'lxc-usernsexec',
  args: [
    ...idMap.flatMap((map) => [
      '-m',
      map
        .trim()
        .split(/[ \t]+/u)
        .join(':'),
    ]),
    '--',
    file,
    ...args,
  ],
  title,
});

/** Boots a stopped container in a terminal, which then shows its console and holds it. */
export const startInTerminal = (ref: ContainerRef): TerminalCommand => ({
  file: 'lxc-start',
  args: [...addressed(ref), '--foreground'],
  title: ref.name,
  ownsMachine: true,
});
