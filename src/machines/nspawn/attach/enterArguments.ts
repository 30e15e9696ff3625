import { randomBytes } from 'node:crypto';
import type { TerminalCommand } from '../../command.ts';
import type { GuardWords } from '../../entry.ts';
import type { ProcessFacts } from '../../host/process.ts';
import { startTimeFunction } from '../../host/process.ts';
import { capability, hasCapability, setprivSet, withoutCapabilities } from './capabilities.ts';

export interface MachineEntry {
  readonly leader: number;
  readonly facts: Pick<ProcessFacts, 'startTime' | 'permitted' | 'bounding' | 'noNewPrivileges' | 'filtered'>;
  /** Whether the machine has a user namespace of its own. */
  readonly ownUserNamespace: boolean;
  /** Numbers inside the machine; undefined stays root. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What is run inside, found by the machine's own PATH where it is no absolute path. */
  readonly argv: readonly string[];
  /** Settings files that only root may look for: nothing is entered where one of them has a filter of its own. */
  readonly hidden: readonly string[];
  readonly words: GuardWords;
}

/**
 * Constant text for `sh -c`, run on the host before anything is entered; what it works on comes as parameters. Between the
 * decision and this moment a person may have typed a password and the machine may have gone: a PID that belongs to
 * another process by now must not be entered, nor a user namespace be left out that is there.
 *
 * It then moves itself to where the machine's init is in each hierarchy of control groups. So whatever holds the machine
 * holds the shell, too: its limits, the devices it may use, and its end.
 */
const guard = `leader=$1 expected=$2 namespace=$3
ended=$4 otherNamespace=$5 unseen=$6 unread=$7 unreachable=$8 closed=$9
shift 9
hidden=$1
shift
refuse() {
  printf "$@" >&2
  echo >&2
  exit 1
}
${startTimeFunction}same_leader() {
  started=
  start_time "$leader" 2>/dev/null
  [ "$started" = "$expected" ] || refuse "$ended"
}
same_leader
actual=own
[ "$(readlink "/proc/$leader/ns/user")" != "$(readlink /proc/self/ns/user)" ] || actual=shared
[ "$actual" = "$namespace" ] || refuse "$otherNamespace"
while [ "$hidden" -gt 0 ]; do
  [ -d "\${1%/*}" ] || refuse "$unseen" "$1"
  if [ -f "$1" ] && grep -Eq "^[[:space:]]*(SystemCallFilter|RestrictAddressFamilies)" -- "$1"; then
    refuse "$unread" "$1"
  fi
  hidden=$((hidden - 1))
  shift
done
own=$(cat /proc/self/cgroup)
while IFS= read -r line; do
  case "
$own
" in *"
$line
"*) continue ;; esac
  line=\${line#*:}
  controllers=\${line%%:*}
  path=\${line#*:}
  hierarchy=/sys/fs/cgroup/\${controllers#name=}
  [ -n "$controllers" ] || [ -e /sys/fs/cgroup/cgroup.procs ] || hierarchy=/sys/fs/cgroup/unified
  case $path in /.. | /../*) refuse "$unreachable" "$path" ;; esac
  echo $$ 2>/dev/null >"$hierarchy$path/cgroup.procs" ||
    refuse "$closed" "$hierarchy$path"
done <"/proc/$leader/cgroup"
same_leader
exec "$@"`;

const forAudit = [capability.auditWrite, capability.auditControl, capability.auditRead];

/**
 * The capabilities a shell gets. systemd-nspawn lets nobody open a socket of the audit subsystem; a unit cannot forbid just
 * that, but without these capabilities such a socket can do nothing. In a user namespace they are of no use there anyway.
 * Where the leader may not trace they have to stay: nobody without CAP_SYS_PTRACE enters beside somebody who has more.
 */
const capabilitiesFor = ({ facts, ownUserNamespace }: Pick<MachineEntry, 'facts' | 'ownUserNamespace'>): bigint => {
  const usable = facts.bounding & facts.permitted;
  return facts.filtered && !ownUserNamespace && hasCapability(usable, capability.sysPtrace)
    ? withoutCapabilities(usable, forAudit)
    : usable;
};

/** Whether a shell can do more about the host's audit log than the machine. */
export const canAudit = (entry: Pick<MachineEntry, 'facts' | 'ownUserNamespace'>): boolean =>
  entry.facts.filtered && !entry.ownUserNamespace && forAudit.some((bit) => hasCapability(capabilitiesFor(entry), bit));

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
  hidden,
  words,
}: MachineEntry): readonly string[] => {
  const target = ['nsenter', `--target=${leader}`];
  const capabilities = capabilitiesFor({ facts, ownUserNamespace });
  const confine = [
    'setpriv',
    '--clear-groups',
    `--bounding-set=${setprivSet(capabilities)}`,
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
  const { machineEnded, otherUserNamespace, unseenFile, unreadFilter, unreachableGroup, closedGroup } = words;
  const sentences = [machineEnded, otherUserNamespace, unseenFile, unreadFilter, unreachableGroup, closedGroup];
  const parameters = [String(leader), facts.startTime, namespace, ...sentences, String(hidden.length), ...hidden];
  return ['/bin/sh', '-c', guard, 'sh', ...parameters, ...chain];
};

/** systemd replaces variables in the arguments of a service, whatever its version; a doubled `$` is a plain one. */
export const escapeVariables = (argument: string): string => argument.replaceAll('$', '$$$$');

interface Service {
  readonly title: string;
  /** Properties that hold it as the machine is held: limits and the filter of system calls. */
  readonly confinement: readonly string[];
}

/** Names of machines hold nothing that a unit's may not; images may, so anything else becomes `_`. Several shells of one are told apart. */
const shellUnit = (title: string): string =>
  `nspawn-shell-${title.replace(/[^\w.-]/gu, '_').slice(0, 64)}-${randomBytes(3).toString('hex')}`;

const properties = (list: readonly string[]): readonly string[] => list.map((property) => `--property=${property}`);

/**
 * The host's files are read-only for it, so that a machine without a user namespace cannot write to nsenter's own file
 * through `/proc/PID/exe`: its shell may be a link to that (CVE-2019-5736).
 */
const serviceOptions = ({ title, confinement }: Service): readonly string[] => [
  '--quiet',
  '--collect',
  '--slice=machine.slice',
  // Else it would be called after a number, among the groups of the host.
  `--unit=${shellUnit(title)}`,
  `--description=Shell in ${title}`,
  ...properties(['ProtectSystem=strict', 'ProtectHome=yes', ...confinement]),
];

// From 257 on it would write the whole command line into the terminal's title.
const withoutTitle = { SYSTEMD_ADJUST_TERMINAL_TITLE: '0' };

/**
 * The same as a transient service of the host. It starts from nothing of ours: no open file, no environment, no keyring, a
 * terminal of its own; polkit can allow it.
 */
export const asTransientService = (
  args: readonly string[],
  service: Service & { readonly stdio: 'pty' | 'pipe' },
): Omit<TerminalCommand, 'title'> => ({
  env: withoutTitle,
  file: 'systemd-run',
  args: [...serviceOptions(service), '--wait', `--${service.stdio}`, '--', ...args.map(escapeVariables)],
});

/** Constant text for `sh -c`: only in the terminal it is known which one that is. */
const onThisTerminal = `terminal=$(tty) || exit 1
exec systemd-run "--property=TTYPath=$terminal" "$@"`;

/**
 * The same for root where the bus refuses root: without waiting and without a terminal of its own systemd-run speaks with
 * systemd over the socket that only root may use. The service is given the terminal that this is run in, and as one that
 * counts as started only when it has ended (oneshot) it is waited for. What it ended with is not handed on: 0 or 1.
 */
export const asServiceWithoutBus = (args: readonly string[], service: Service): Omit<TerminalCommand, 'title'> => ({
  env: withoutTitle,
  file: '/bin/sh',
  args: [
    ...['-c', onThisTerminal, 'sh'],
    ...serviceOptions(service),
    ...properties(['Type=oneshot', 'TimeoutStartSec=infinity']),
    ...properties(['StandardInput=tty-force', 'StandardOutput=tty', 'StandardError=tty']),
    ...['--', ...args.map(escapeVariables)],
  ],
});
