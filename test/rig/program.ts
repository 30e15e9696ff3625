/**
 * The one place of the tests and rigs that starts other programs; lint keeps `node:child_process` out of all the others. What
 * may be started is a `Program`: this Node, something of ours, or a tool of which it is known where it comes from. A tool that a
 * bare Debian lacks is to be had from `tool` of host/boot/tools.ts only, which installs it.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type {
  ChildProcess,
  ChildProcessByStdio,
  SpawnOptions,
  SpawnOptionsWithStdioTuple,
  SpawnSyncOptions,
  SpawnSyncReturns,
  StdioNull,
  StdioPipe,
} from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

declare const known: unique symbol;

/** A path or a name that may be started. */
export type Program = string & { readonly [known]: true };

/** What every Debian has, and npm, without which nobody runs tests. */
const presentTools = [
  ...['apt-get', 'bash', 'cat', 'cp', 'dpkg-deb', 'flock', 'getent', 'grep', 'ls', 'mkdir', 'mkfifo', 'mktemp'],
  ...['mount', 'mv', 'npm', 'rm', 'sh', 'sleep', 'tar', 'tee', 'truncate', 'umount'],
] as const;

export type PresentTool = (typeof presentTools)[number];

/** The Debian package of every other tool. */
export const packageOf = {
  btrfs: 'btrfs-progs',
  'chromium-headless-shell': 'chromium-headless-shell',
  chroot: 'coreutils',
  'g++': 'g++',
  gcc: 'gcc',
  // It stands for the headers of the C library, which it comes with.
  gencat: 'libc6-dev',
  git: 'git',
  make: 'make',
  mke2fs: 'e2fsprogs',
  'mkfs.btrfs': 'btrfs-progs',
  mmdebstrap: 'mmdebstrap',
  nsenter: 'util-linux',
  python3: 'python3',
  'qemu-system-x86_64': 'qemu-system-x86',
  setpriv: 'util-linux',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  'systemd-nspawn': 'systemd-container',
  unshare: 'util-linux',
  'xvfb-run': 'xvfb',
} as const;

export type InstallableTool = keyof typeof packageOf;

export type Tool = PresentTool | InstallableTool;

const isPresentTool = (name: string): name is PresentTool => presentTools.some((tool) => tool === name);

export const isTool = (name: string): name is Tool => isPresentTool(name) || name in packageOf;

/** A command line whose first word is a tool. */
export type ToolCommand = readonly [Tool, ...string[]];

/** Tools live in sbin too, which is not in every root's PATH. */
export const toolPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The first of these that can be run: where PATH leads to, then where tools are. */
export const findProgram = (...names: readonly string[]): Program | undefined => {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...toolPath.split(':')].filter(isAbsolute);
  const paths = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  return paths.find(isExecutable) as Program | undefined;
};

/**
 * What every Debian has.
 * @throws Error where a command of the extension begins with something that is not in the list
 */
export const presentTool = (name: string): Program => {
  const bare = name.replace(/^\/bin\//u, '');
  if (!isPresentTool(bare))
    throw new Error(`${name} is not among the tools that every Debian has (test/rig/program.ts)`);
  return name as Program;
};

/** The Node that runs this process. */
export const thisNode = process.execPath as Program;

/**
 * A program of the repository or of its cache.
 * @throws Error for one that a package brings: a bare machine does not have it
 */
export const ownProgram = (path: string): Program => {
  if (!isAbsolute(path) || (path !== process.execPath && /^\/(?:usr\/)?(?:local\/)?s?bin\/[^/]+$/u.test(path)))
    throw new Error(`${path} is no program of ours; name the tool, so that it is known where it comes from`);
  return path as Program;
};

/** The signatures of `spawn` that are used here, for a `Program`. */
interface Start {
  (
    program: Program,
    args: readonly string[],
    options: SpawnOptionsWithStdioTuple<StdioPipe, StdioPipe, StdioPipe>,
  ): ChildProcessByStdio<Writable, Readable, Readable>;
  (
    program: Program,
    args: readonly string[],
    options: SpawnOptionsWithStdioTuple<StdioPipe, StdioPipe, StdioNull>,
  ): ChildProcessByStdio<Writable, Readable, null>;
  (
    program: Program,
    args: readonly string[],
    options: SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioPipe>,
  ): ChildProcessByStdio<null, Readable, Readable>;
  (
    program: Program,
    args: readonly string[],
    options: SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioNull>,
  ): ChildProcessByStdio<null, Readable, null>;
  (program: Program, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/** Starts a program. */
export const start: Start = spawn;

/** Runs a program to its end; how it ended is for the caller to judge. */
export const startSync = (
  program: Program,
  args: readonly string[],
  options: Pick<SpawnSyncOptions, 'input' | 'maxBuffer' | 'env' | 'cwd'> = {},
): SpawnSyncReturns<string> => spawnSync(program, args, { ...options, encoding: 'utf8' });

/**
 * Runs a program to its end and gives its standard output.
 * @throws Error when it does not exit with 0
 */
export const executeSync = (
  program: Program,
  args: readonly string[],
  options: Pick<SpawnSyncOptions, 'cwd' | 'env'> = {},
): string => execFileSync(program, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
