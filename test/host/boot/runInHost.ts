import { start } from '../../rig/program.ts';
import type { ToolCommand } from '../../rig/program.ts';
import { programNamed } from './tools.ts';

export interface RunOptions {
  /** A user of the host; root when left out. */
  readonly user?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the command and its children are killed; a minute when left out. A unit goes on. */
  readonly timeoutMs?: number;
  /** Runs it as a unit of the host's systemd, in a cgroup of its own, instead of beside it. */
  readonly unit?: boolean;
}

export interface HostOutput {
  /** 128 and the signal number when a signal ended it, 124 after a timeout. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const timedOutExitCode = 124;
const killedExitCode = 137;

/** Milliseconds. */
export const defaultTimeoutMs = 60_000;

/** The argv that joins a host's namespaces. A user namespace is not among them: the host has none of its own. */
export const enterArguments = (leader: number, network: 'host network' | 'outer network'): ToolCommand => [
  'nsenter',
  ...['--target', String(leader), '--mount', '--uts', '--ipc', '--pid', '--cgroup'],
  ...(network === 'host network' ? ['--net'] : []),
  '--',
];

const homeOf = (user: string): string => (user === 'root' ? '/root' : `/home/${user}`);

/** `env` and `setpriv` in front of a command; exported for rigs that build their own command line. */
export const inHostCommand = (file: string, args: readonly string[], options: RunOptions): string[] => {
  const user = options.user ?? 'root';
  const variables: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: homeOf(user),
    USER: user,
    LOGNAME: user,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: '',
    TERM: 'dumb',
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
    ...options.env,
  };
  const environment = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
  const drop = user === 'root' ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'];
  const asUnit = ['systemd-run', '--quiet', '--pipe', '--wait', '--collect', '--', 'env', '-i', ...environment];
  // As a unit, the user is dropped inside the unit: systemd-run itself has to be root.
  const command = options.unit === true ? [...asUnit, ...drop, file, ...args] : [...drop, file, ...args];
  return ['env', '-i', ...environment, ...command];
};

/** Runs a command line to its end, or until the time is up; then it is killed with all its children. */
export const runToEnd = async (
  [word, ...args]: ToolCommand,
  options: Pick<RunOptions, 'input' | 'timeoutMs'>,
): Promise<HostOutput> => {
  const program = await programNamed(word);
  return new Promise((resolve, reject) => {
    // In a group of its own, because nsenter forks to join a pid namespace and does not hand signals on.
    const child = start(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const output = { stdout: '', stderr: '', timedOut: false };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const timer = setTimeout(() => {
      output.timedOut = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, options.timeoutMs ?? defaultTimeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const exitCode = output.timedOut ? timedOutExitCode : (code ?? killedExitCode);
      resolve({ exitCode, stdout: output.stdout, stderr: output.stderr });
    });
  });
};

/** Runs a command in the host's namespaces to its end. */
export const runInHost = (
  leader: number,
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<HostOutput> =>
  runToEnd([...enterArguments(leader, 'host network'), ...inHostCommand(file, args, options)], options);
