import type { TerminalCommand } from '../../command.ts';
import type { ProcessFacts } from '../../process.ts';
import { setprivSet } from './capabilities.ts';

export interface Entry {
  readonly leader: number;
  readonly facts: Pick<ProcessFacts, 'startTime' | 'permitted' | 'bounding' | 'noNewPrivileges' | 'filtered'>;
  /** Whether the machine has a user namespace of its own. */
  readonly ownUserNamespace: boolean;
  /** Numbers inside the machine; undefined stays root. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What is run inside, found by the machine's own PATH where it is no absolute path. */
  readonly argv: readonly string[];
}

/**
 * Constant text for `sh -c`, run on the host before anything is entered; what it works on comes as parameters. Between the
 * decision and this moment a person may have typed a password and the machine may have gone: a PID that belongs to
 * another process by now must not be entered, nor a user namespace be left out that is there.
 */
const guard = `leader=$1 expected=$2 namespace=$3
shift 3
start_time() {
  read -r line <"/proc/$leader/stat" || return
  set -f
  set -- \${line##*) }
  echo "\${20}"
}
if [ "$(start_time)" != "$expected" ]; then
  echo "The machine has ended or started anew." >&2
  exit 1
fi
actual=own
[ "$(readlink "/proc/$leader/ns/user")" != "$(readlink /proc/self/ns/user)" ] || actual=shared
if [ "$actual" != "$namespace" ]; then
  echo "The machine's user namespace is not as expected." >&2
  exit 1
fi
exec "$@"`;

const namesAndNetwork = ['--uts', '--ipc', '--net', '--cgroup'];

/**
 * Enters a machine's namespaces with no more capabilities than its leader has.
 *
 * Joining a user namespace gives a full bounding set, so the set is cut down after that, by the host's setpriv, and only then
 * are the mount and the PID namespace joined: nothing of the machine is executed before. The PID namespace comes last, in one
 * step with the mount namespace, so that the machine's processes never see, and could trace, a process that still has the
 * host's files.
 */
export const enterArguments = ({
  leader,
  facts,
  ownUserNamespace,
  user,
  environment,
  argv,
}: Entry): readonly string[] => {
  const target = ['nsenter', `--target=${leader}`];
  const confine = [
    'setpriv',
    '--clear-groups',
    `--bounding-set=${setprivSet(facts.bounding & facts.permitted)}`,
    '--inh-caps=-all',
    ...(facts.noNewPrivileges ? ['--no-new-privs'] : []),
    '--',
  ];
  const cleanEnvironment = ['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
  const identity = user === undefined ? [] : [`--setuid=${user.uid}`, `--setgid=${user.gid}`];
  const files = ['--mount', '--root', '--pid', ...identity, '--', ...argv];
  const chain = ownUserNamespace
    ? [...target, '--user', ...namesAndNetwork, '--', ...confine, ...cleanEnvironment, ...target, ...files]
    : [...confine, ...cleanEnvironment, ...target, ...namesAndNetwork, ...files];
  const namespace = ownUserNamespace ? 'own' : 'shared';
  return ['/bin/sh', '-c', guard, 'sh', String(leader), facts.startTime, namespace, ...chain];
};

/** systemd replaces variables in the arguments of a service, whatever its version; a doubled `$` is a plain one. */
export const escapeVariables = (argument: string): string => argument.replaceAll('$', '$$$$');

/**
 * System calls that systemd-nspawn keeps from its machines and that do harm beyond a namespace. The filter of the leader
 * itself cannot be taken over; this is for shells that enter beside it.
 */
const harmful = '~@keyring @swap @cpu-emulation @obsolete kexec_load kexec_file_load';

/**
 * The same as a transient service of the host. It starts from nothing of ours: no open file, no environment, no keyring, a
 * terminal of its own; polkit can allow it. The host's files are read-only for it, so that a machine without a user namespace
 * cannot write to nsenter's own file through `/proc/PID/exe`.
 */
export const asTransientService = (
  args: readonly string[],
  { title, stdio, filtered }: { readonly title: string; readonly stdio: 'pty' | 'pipe'; readonly filtered: boolean },
): Omit<TerminalCommand, 'title'> => ({
  // From 257 on it would write the whole command line into the terminal's title.
  env: { SYSTEMD_ADJUST_TERMINAL_TITLE: '0' },
  file: 'systemd-run',
  args: [
    '--quiet',
    '--collect',
    '--wait',
    `--${stdio}`,
    '--slice=machine.slice',
    `--description=Shell in ${title}`,
    '--property=ProtectSystem=strict',
    '--property=ProtectHome=yes',
    ...(filtered ? [`--property=SystemCallFilter=${harmful}`, '--property=SystemCallErrorNumber=EPERM'] : []),
    '--',
    ...args.map(escapeVariables),
  ],
});
